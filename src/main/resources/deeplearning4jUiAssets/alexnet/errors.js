/* The page of error rates: live from the server, or from the data within a report. */
(function () {
  'use strict';
  var POLL = 750;
  var add = window.RunPictures.add;
  var read = window.RunSeries;
  var isNumber = read.isNumber;
  var percent = read.percent;
  var plain = read.plain;
  var rate = read.rate;
  var time = read.time;
  var steps = read.steps;
  var epochs = read.epochs;
  var embedded = document.getElementById('report-data');
  var report = embedded ? JSON.parse(embedded.textContent) : null;
  var main = newRun(null);
  var other = newRun(null);
  var axis = 'epoch';
  var pictureCache = {};
  var followEpoch = true;
  var failures = 0;

  function byId(id) { return document.getElementById(id); }

  function newRun(id) {
    return {id: id, generation: -1, lines: [], about: null, now: null, every: 1, pictures: []};
  }

  /* ---- the rest of the page ---- */

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
    var width = read.windowOf(main);
    byId('note').textContent = 'Training: ' + (width > 1 ? 'mean of the last ' + width + ' lines of the log, each over ten steps' : 'each point over ten steps') +
      (main.every > 1 ? '; one line in ' + main.every + ' is shown' : '') + '. Validation: central crop, after each epoch.' +
      (r ? ' Line to beat: ' + r.from + '.' : '');
  }

  function setText(node, text) { // an unchanged text keeps the reader's selection, and is not read aloud again
    if (node.textContent !== text) {
      node.textContent = text;
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
      window.RunPictures.show(known);
      return;
    }
    get('/errors/pictures?id=' + encodeURIComponent(main.id) + '&epoch=' + epoch).then(function (pictures) {
      pictureCache[key] = pictures;
      if (byId('pictures').dataset.key === key) {
        window.RunPictures.show(pictures);
      }
    }, function () { byId('pictures').dataset.key = ''; });
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
    window.RunCurves.draw(main, other, axis);
    window.RunTable.draw(main, best('validationTop1Error'));
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

  window.errorRates = {charts: window.RunCurves.charts, main: function () { return main; }};
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
