/* The charts of a run, and of another laid over it. */
(function () {
  'use strict';
  var read = window.RunSeries;
  var charts = {};
  var main = null;
  var other = null;
  var axis = 'epoch';

  function byId(id) { return document.getElementById(id); }

  function pair(run, key, field, style, label, suffix) {
    var width = read.windowOf(run);
    var raw = read.points(read.steps(run), field[0], axis);
    var dashed = Boolean(suffix);
    var list = [
      {key: key + '-train', label: label + 'training' + suffix, style: style[0] + ' thin', dashed: dashed,
        points: read.smooth(raw, width)},
      {key: key + '-validation', label: label + 'validation' + suffix, style: style[1], dashed: dashed, dots: !dashed,
        points: read.points(read.epochs(run), field[1], axis)}
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
      var raw = read.points(read.steps(run), field, axis);
      var noisy = name !== 'rate';
      var list = [{key: name, label: suffix ? suffix.slice(3) : run.about ? run.about.name : name, style: 'plain',
        dashed: Boolean(suffix), stepped: !noisy, points: noisy ? read.smooth(raw, read.windowOf(run)) : raw}];
      return noisy && !suffix ? [{key: name + '-raw', style: 'plain', faint: true, points: raw}].concat(list) : list;
    });
  }

  function makeCharts() {
    function chart(id, settings) {
      charts[id] = new window.LineChart(byId('chart-' + id), settings);
    }
    chart('error', {name: 'Error rates', format: read.percent, height: window.innerWidth < 760 ? 300 : 380, labels: true, most: 1});
    chart('loss', {name: 'Loss', format: read.plain, height: 230});
    chart('rate', {name: 'Learning rate', format: function (v, exact) { return exact ? read.rate(v) : read.power(v); }, height: 230, log: true});
    chart('speed', {name: 'Images per second', format: read.plain, height: 230});
    chart('wait', {name: 'Waiting for data', format: read.percent, height: 230, most: 1});
  }

  function references() {
    var r = main.about && main.about.reference;
    if (!r) {
      return [];
    }
    var name = /^the paper/.test(r.from) ? 'paper ' : 'to beat: ';
    return ['top1', 'top5'].filter(function (k) { return read.isNumber(r[k]); }).map(function (k) {
      return {y: r[k], label: name + k.replace('top', 'top-') + ' ' + Number((100 * r[k]).toFixed(1)) + ' %', style: k};
    });
  }

  function draw(run, compared, horizontal) {
    main = run;
    other = compared;
    axis = horizontal;
    function shown(series, settings) {
      return Object.assign({
        series: series, references: [], marks: read.drops(main, axis), whole: true,
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

  makeCharts();
  window.RunCurves = {charts: charts, draw: draw};
})();
