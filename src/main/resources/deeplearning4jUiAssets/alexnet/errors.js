/* The page of error rates: live from the server, or from the data within a report. */
(function () {
  'use strict';
  var POLL = 750;
  var embedded = document.getElementById('report-data');
  var report = embedded ? JSON.parse(embedded.textContent) : null;
  var main = newRun(null);
  var other = newRun(null);
  var axis = 'epoch';
  var charts = {};
  var pictureCache = {};
  var followEpoch = true;
  var failures = 0;

  function byId(id) { return document.getElementById(id); }

  function newRun(id) {
    return {id: id, generation: -1, lines: [], about: null, now: null, every: 1, pictures: []};
  }

  function isNumber(value) { return typeof value === 'number' && isFinite(value); }

  function percent(value, exact) {
    var shown = 100 * value;
    return shown.toFixed(exact ? 2 : shown < 10 && shown % 1 ? 1 : 0) + ' %';
  }

  function plain(value, exact) {
    return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(exact ? 3 : value % 1 ? 1 : 0);
  }

  function power(value) { return value.toExponential(0).replace('+', ''); }

  function rate(value) {
    return !isNumber(value) ? '–' : value >= 0.001 && value < 1000 ? String(Number(value.toPrecision(3))) :
      Number(value.toPrecision(3)).toExponential().replace('+', '');
  }

  function time(seconds) {
    if (!isNumber(seconds)) {
      return '–';
    }
    var s = Math.round(seconds);
    if (s < 90) {
      return s + ' s';
    }
    if (s < 5400) {
      return Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0') + ' min';
    }
    return s < 172800 ? (s / 3600).toFixed(1) + ' h' : (s / 86400).toFixed(1) + ' days';
  }

  /* ---- what the lines say ---- */

  function steps(run) { return run.lines.filter(function (l) { return l.event === 'step'; }); }

  function epochs(run) { return run.lines.filter(function (l) { return l.event === 'epoch'; }); }

  function x(line) {
    return axis === 'iteration' ? line.iteration : line.event === 'step' ? line.epoch - 1 + line.step / line.steps : line.epoch;
  }

  function points(lines, value) {
    var read = typeof value === 'string' ? function (l) { return l[value]; } : value;
    return lines.map(function (l) { return [x(l), read(l)]; }).filter(function (p) { return isNumber(p[1]); });
  }

  /* The mean of the last lines, a quarter of an epoch of them: one line is an average over few steps. */
  function windowOf(run) {
    var first = steps(run).find(function (l) { return l.steps; });
    var perEpoch = first ? first.steps / (10 * run.every) : 4;
    return Math.max(1, Math.min(50, Math.round(perEpoch / 4)));
  }

  function smooth(raw, width) {
    var sum = 0;
    return raw.map(function (p, i) {
      sum += p[1] - (i >= width ? raw[i - width][1] : 0);
      return [p[0], sum / Math.min(i + 1, width)];
    });
  }

  function drops(run) {
    var lines = run.lines.filter(function (l) { return isNumber(l.rate); });
    return lines.filter(function (l, i) { return i && l.rate !== lines[i - 1].rate; }).map(function (l) {
      var start = axis === 'epoch' ? Math.floor(x(l) - 1e-9) : x(l);
      return {x: l.event === 'step' ? start : x(l), label: 'rate ' + rate(l.rate)};
    });
  }

  function pair(run, key, field, style, label, suffix) {
    var width = windowOf(run);
    var raw = points(steps(run), field[0]);
    var dashed = Boolean(suffix);
    var list = [
      {key: key + '-train', label: label + 'training' + suffix, style: style[0] + ' thin', dashed: dashed,
        points: smooth(raw, width)},
      {key: key + '-validation', label: label + 'validation' + suffix, style: style[1], dashed: dashed, dots: !dashed,
        points: points(epochs(run), field[1])}
    ];
    if (!dashed) {
      list.unshift({key: key + '-raw', style: style[0], faint: true, points: raw});
    }
    return list;
  }

  function both(make) {
    var list = make(main, '');
    return other.id ? list.concat(make(other, ' · ' + other.id).map(function (s) {
      s.key += '-other';
      return s;
    })) : list;
  }

  function lines(field, name) {
    return both(function (run, suffix) {
      var raw = points(steps(run), field);
      var noisy = name !== 'rate';
      var list = [{key: name, label: suffix ? suffix.slice(3) : run.about ? run.about.name : name, style: 'plain',
        dashed: Boolean(suffix), stepped: !noisy, points: noisy ? smooth(raw, windowOf(run)) : raw}];
      return noisy && !suffix ? [{key: name + '-raw', style: 'plain', faint: true, points: raw}].concat(list) : list;
    });
  }

  /* ---- the charts ---- */

  function makeCharts() {
    function chart(id, settings) {
      charts[id] = new window.LineChart(byId('chart-' + id), settings);
    }
    chart('error', {name: 'Error rates', format: percent, height: window.innerWidth < 760 ? 300 : 380, labels: true, most: 1});
    chart('loss', {name: 'Loss', format: plain, height: 230});
    chart('rate', {name: 'Learning rate', format: function (v, exact) { return exact ? rate(v) : power(v); }, height: 230, log: true});
    chart('speed', {name: 'Images per second', format: plain, height: 230});
    chart('wait', {name: 'Waiting for data', format: percent, height: 230, most: 1});
  }

  function references() {
    var r = main.about && main.about.reference;
    if (!r) {
      return [];
    }
    var name = /^the paper/.test(r.from) ? 'paper ' : 'to beat: ';
    return ['top1', 'top5'].filter(function (k) { return isNumber(r[k]); }).map(function (k) {
      return {y: r[k], label: name + k.replace('top', 'top-') + ' ' + Number((100 * r[k]).toFixed(1)) + ' %', style: k};
    });
  }

  function draw() {
    function shown(series, settings) {
      return Object.assign({
        series: series, references: [], marks: drops(main), whole: true,
        xTitle: axis === 'epoch' ? 'epochs' : 'iterations',
        xFormat: function (value) {
          return axis === 'epoch' ? 'epoch ' + value.toFixed(2).replace(/\.00$/, '') : 'iteration ' + value.toLocaleString('en');
        }
      }, settings);
    }
    charts.error.update(shown(both(function (run, suffix) {
      return pair(run, 'top1', ['trainTop1Error', 'validationTop1Error'], ['top1', 'top1'], 'top-1 ', suffix)
        .concat(pair(run, 'top5', ['trainTop5Error', 'validationTop5Error'], ['top5', 'top5'], 'top-5 ', suffix));
    }), {references: references()}));
    charts.loss.update(shown(both(function (run, suffix) {
      return pair(run, 'loss', ['trainLoss', 'validationLoss'], ['train', 'validation'], '', suffix);
    })));
    charts.rate.update(shown(lines(function (l) { return l.rate > 0 ? l.rate : NaN; }, 'rate')));
    charts.speed.update(shown(lines('imagesPerSecond', 'speed')));
    charts.wait.update(shown(lines(function (l) {
      return l.dataWaitSeconds / (l.dataWaitSeconds + l.computeSeconds);
    }, 'wait')));
  }

  /* ---- the rest of the page ---- */

  function add(parent, name, text, className) {
    var made = document.createElement(name);
    if (text !== undefined && text !== null) {
      made.textContent = text;
    }
    if (className) {
      made.className = className;
    }
    parent.appendChild(made);
    return made;
  }

  function last(list) { return list[list.length - 1]; }

  function state() {
    if (failures > 2) {
      return ['no answer from the program', false];
    }
    if (main.now && !report) {
      return [main.now.state, /starting|training|validating/.test(main.now.state)];
    }
    if (!main.about) {
      return ['waiting', false];
    }
    var ended = (last(epochs(main)) || {}).epoch || 0;
    if (main.about.finished || ended >= main.about.epochs) {
      return ['finished', false];
    }
    return [report ? 'as of epoch ' + ended : 'not finished', false];
  }

  function tile(parent, name, value, more) {
    var div = add(parent, 'div');
    add(div, 'dt', name);
    add(div, 'dd', value);
    add(div, 'dd', more || '', 'more');
  }

  function best(field) {
    var list = epochs(main).filter(function (l) { return isNumber(l[field]); });
    return list.length ? list.reduce(function (b, l) { return l[field] < b[field] ? l : b; }) : null;
  }

  function drawTiles() {
    var box = byId('tiles');
    var now = main.now || {};
    var step = last(steps(main)) || {};
    var ended = last(epochs(main));
    var live = state()[1];
    var total = (main.about || {}).epochs || now.epochs;
    box.textContent = '';
    function validated(name, field) {
      var b = best(field);
      tile(box, name, ended ? percent(ended[field], true) : '–',
        b ? 'best ' + percent(b[field], true) + ', epoch ' + b.epoch : 'after the first epoch');
    }
    validated('Validation top-1 error', 'validationTop1Error');
    validated('Validation top-5 error', 'validationTop5Error');
    var source = live && isNumber(now.trainTop1Error) ? now : step;
    tile(box, 'Training top-1 error', isNumber(source.trainTop1Error) ? percent(source.trainTop1Error, true) : '–',
      isNumber(source.trainTop5Error) ? 'top-5 ' + percent(source.trainTop5Error, true) : '');
    tile(box, 'Training loss', isNumber(source.trainLoss) ? source.trainLoss.toFixed(3) : '–',
      'rate ' + rate(source.rate));
    var wait = isNumber(now.waitShare) ? now.waitShare : step.dataWaitSeconds / (step.dataWaitSeconds + step.computeSeconds);
    tile(box, 'Images per second', isNumber(source.imagesPerSecond) ? plain(source.imagesPerSecond) : '–',
      isNumber(wait) ? percent(wait) + ' waiting for data' : '');
    var at = live && now.epoch ? now : step;
    tile(box, 'Epoch', (at.epoch || '–') + (total ? ' of ' + total : ''),
      isNumber(at.step) ? 'step ' + at.step.toLocaleString('en') + ' of ' + at.steps.toLocaleString('en') : '');
    var spent = live ? now.trainingSeconds : ended ? ended.trainingSeconds : NaN;
    if (live) {
      tile(box, 'Time left, at most', time(now.secondsLeft), 'trained for ' + time(spent));
    } else {
      tile(box, 'Trained for', time(spent), ended ? 'to the end of epoch ' + ended.epoch : '');
    }
    var progress = byId('progress');
    progress.hidden = !total || !live;
    progress.value = total && at.epoch ? Math.min(1, (at.epoch - 1 + (isNumber(at.step) ? at.step / at.steps : 0)) / total) : 0;
  }

  function drawHead() {
    var about = main.about || {};
    var current = state();
    byId('name').textContent = about.name || main.id || 'Error rates';
    document.title = (about.name ? about.name + ' – ' : '') + 'Error rates';
    setText(byId('state'), current[0]);
    byId('state').className = 'state' + (current[1] ? ' live' : '');
    byId('description').textContent = about.recipe ? 'Recipe ' + about.recipe + '. ' + (about.description || '') : '';
    setText(byId('recipe-text'), about.recipeText || '');
    setText(byId('provenance-text'), about.provenance ? JSON.stringify(about.provenance, null, 2) : '');
    byId('recipe-details').hidden = !about.recipeText;
    var r = about.reference;
    var width = windowOf(main);
    byId('note').textContent = 'Training: ' + (width > 1 ? 'mean of the last ' + width + ' lines of the log, each over ten steps' : 'each point over ten steps') +
      (main.every > 1 ? '; one line in ' + main.every + ' is shown' : '') + '. Validation: central crop, after each epoch.' +
      (r ? ' Line to beat: ' + r.from + '.' : '');
  }

  function setText(node, text) { // an unchanged text keeps the reader's selection, and is not read aloud again
    if (node.textContent !== text) {
      node.textContent = text;
    }
  }

  function drawTable() {
    var table = byId('epochs');
    var list = epochs(main);
    var winner = best('validationTop1Error');
    var signature = main.id + list.length + main.generation;
    if (table.dataset.signature === signature) {
      return;
    }
    table.dataset.signature = signature;
    table.textContent = '';
    var head = add(table, 'thead');
    var groups = add(head, 'tr');
    [['', 1], ['training', 3], ['validation', 3], ['', 2]].forEach(function (g) {
      add(groups, 'th', g[0]).colSpan = g[1];
    });
    var names = add(head, 'tr');
    ['epoch', 'loss', 'top-1', 'top-5', 'loss', 'top-1', 'top-5', 'rate', 'time'].forEach(function (n) {
      add(names, 'th', n).scope = 'col';
    });
    var body = add(table, 'tbody');
    list.slice().reverse().forEach(function (l) {
      var row = add(body, 'tr', null, l === winner ? 'best' : '');
      add(row, 'td', l.epoch);
      ['train', 'validation'].forEach(function (part) {
        add(row, 'td', isNumber(l[part + 'Loss']) ? l[part + 'Loss'].toFixed(3) : '–');
        add(row, 'td', percent(l[part + 'Top1Error'], true));
        add(row, 'td', percent(l[part + 'Top5Error'], true));
      });
      add(row, 'td', rate(l.rate));
      add(row, 'td', time(l.trainingSeconds));
    });
    if (!list.length) {
      add(add(body, 'tr'), 'td', 'The first epoch has not ended yet.').colSpan = 9;
    }
  }

  /* ---- kernels and examples ---- */

  function drawPictures() {
    var list = main.pictures;
    byId('pictures').hidden = !list.length;
    if (!list.length) {
      return;
    }
    var slider = byId('epoch');
    slider.max = list.length - 1;
    if (followEpoch) {
      slider.value = list.length - 1;
    }
    byId('epoch-choice').hidden = list.length < 2;
    var epoch = list[Math.min(slider.value, list.length - 1)];
    slider.setAttribute('aria-valuetext', 'epoch ' + epoch);
    var key = main.id + ' ' + main.generation + ' ' + epoch;
    if (byId('pictures').dataset.key === key) {
      return;
    }
    byId('pictures').dataset.key = key;
    var known = pictureCache[key] || (report && report.pictures[epoch]);
    if (known) {
      showPictures(known);
      return;
    }
    get('/errors/pictures?id=' + encodeURIComponent(main.id) + '&epoch=' + epoch).then(function (pictures) {
      pictureCache[key] = pictures;
      if (byId('pictures').dataset.key === key) {
        showPictures(pictures);
      }
    }, function () { byId('pictures').dataset.key = ''; });
  }

  function showPictures(pictures) {
    byId('pictures-epoch').textContent = 'after epoch ' + pictures.epoch + ', ' + pictures.iteration.toLocaleString('en') + ' updates';
    var count = pictures.towers.reduce(function (sum, t) { return sum + t.kernels; }, 0);
    byId('kernels-title').textContent = 'The ' + count + ' kernels of ' + pictures.layer;
    var box = byId('kernels');
    box.textContent = '';
    pictures.towers.forEach(function (tower) {
      var figure = add(box, 'figure');
      var image = add(figure, 'img');
      var name = tower.tower ? 'Tower ' + tower.tower : 'All';
      image.src = 'data:image/png;base64,' + tower.png;
      image.alt = tower.kernels + ' kernels of ' + pictures.layer + tower.tower + ' after epoch ' + pictures.epoch;
      add(figure, 'figcaption', name + ': ' + tower.kernels + ' kernels of ' + tower.side + '×' + tower.side);
    });
    var list = byId('examples');
    list.textContent = '';
    pictures.examples.forEach(function (example) {
      var item = add(list, 'li');
      add(item, 'p', example.label, 'truth');
      var image = add(item, 'img');
      image.src = 'data:image/jpeg;base64,' + example.jpeg;
      image.alt = example.name;
      var bars = add(item, 'div', null, 'bars');
      example.guesses.forEach(function (guess) {
        var right = guess.label === example.label;
        var row = add(bars, 'div', null, 'guess' + (right ? ' right' : ''));
        add(row, 'span', null, 'bar').style.width = Math.max(1, 100 * guess.probability) + '%';
        add(row, 'span', (right ? '✓ ' : '') + guess.label, 'text');
        add(row, 'span', Math.round(100 * guess.probability) + ' %', 'share');
      });
    });
  }

  /* ---- where the data come from ---- */

  function get(address) {
    return fetch(address).then(function (answer) {
      if (!answer.ok) {
        throw new Error(address + ' answers ' + answer.status);
      }
      return answer.json();
    });
  }

  function take(run, answer) {
    run.about = answer.about;
    run.now = answer.now;
    run.every = answer.every;
    run.pictures = answer.pictures;
    if (answer.generation !== run.generation || answer.from !== run.lines.length) {
      run.lines = run.lines.slice(0, answer.generation === run.generation ? answer.from : 0);
      run.generation = answer.generation;
    }
    run.lines = run.lines.concat(answer.lines);
  }

  function load(run) {
    return run.id === null ? Promise.resolve() :
      get('/errors/run?id=' + encodeURIComponent(run.id) + '&generation=' + run.generation + '&from=' + run.lines.length)
        .then(function (answer) { take(run, answer); });
  }

  function render() {
    drawHead();
    drawTiles();
    draw();
    drawTable();
    drawPictures();
  }

  function options(select, list, chosen) {
    var signature = JSON.stringify(list);
    if (select.dataset.signature !== signature) {
      select.dataset.signature = signature;
      select.textContent = '';
      list.forEach(function (o) { add(select, 'option', o[1]).value = o[0]; });
    }
    select.value = chosen;
  }

  function offer(runs) {
    if (main.id === null && runs.length) {
      var asked = new URLSearchParams(location.hash.slice(1));
      main = newRun(has(runs, asked.get('run')) ? asked.get('run') : runs[0].id);
      other = newRun(has(runs, asked.get('with')) ? asked.get('with') : defaultOther(runs));
    }
    var named = runs.map(function (r) { return [r.id, r.recipe && r.recipe !== r.id ? r.id + ' (' + r.recipe + ')' : r.id]; });
    options(byId('run'), named, main.id);
    options(byId('with'), [['', 'nothing']].concat(named.filter(function (n) { return n[0] !== main.id; })), other.id || '');
    byId('run-choice').hidden = byId('with-choice').hidden = runs.length < 2;
  }

  function has(runs, id) { return runs.some(function (r) { return r.id === id; }); }

  /* Runs named together on the command line are meant to be compared. */
  function defaultOther(runs) {
    var second = runs.filter(function (r) { return r.shown; })[1];
    return second ? second.id : null;
  }

  function poll() {
    get('/errors/runs').then(function (answer) {
      offer(answer.runs);
      document.querySelectorAll('nav a[hidden]').forEach(function (link) { link.hidden = !answer.stock; });
      return Promise.all([load(main), load(other)]);
    }).then(function () {
      failures = 0;
      render();
    }, function () {
      failures++;
      drawHead();
    }).then(function () { setTimeout(poll, failures > 2 ? 5000 : POLL); });
  }

  function remember() {
    history.replaceState(null, '', '#' + new URLSearchParams({run: main.id, 'with': other.id || ''}));
  }

  function chooseAxis(chosen) {
    axis = chosen;
    ['epoch', 'iteration'].forEach(function (name) {
      byId('axis-' + name).setAttribute('aria-pressed', String(name === axis));
    });
    render();
  }

  byId('axis-epoch').addEventListener('click', function () { chooseAxis('epoch'); });
  byId('axis-iteration').addEventListener('click', function () { chooseAxis('iteration'); });
  byId('epoch').addEventListener('input', function (event) {
    followEpoch = event.target.value === event.target.max;
    drawPictures();
  });
  byId('run').addEventListener('change', function (event) {
    main = newRun(event.target.value);
    other = other.id === main.id ? newRun(null) : other;
    followEpoch = true;
    remember();
    load(main).then(render);
  });
  byId('with').addEventListener('change', function (event) {
    other = newRun(event.target.value || null);
    remember();
    load(other).then(render);
  });

  makeCharts();
  window.errorRates = {charts: charts, main: function () { return main; }};
  if (report) {
    main = newRun(report.run.about.id);
    take(main, report.run);
    byId('recipe-details').open = true;
    byId('provenance-details').open = true;
    render();
  } else {
    poll();
  }
})();
