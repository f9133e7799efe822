/* What the lines of a log say: numbers as text, and points for the charts. */
(function () {
  'use strict';

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

  function steps(run) { return run.lines.filter(function (l) { return l.event === 'step'; }); }

  function epochs(run) { return run.lines.filter(function (l) { return l.event === 'epoch'; }); }

  function x(line, axis) {
    return axis === 'iteration' ? line.iteration : line.event === 'step' ? line.epoch - 1 + line.step / line.steps : line.epoch;
  }

  function points(lines, value, axis) {
    var read = typeof value === 'string' ? function (l) { return l[value]; } : value;
    return lines.map(function (l) { return [x(l, axis), read(l)]; }).filter(function (p) { return isNumber(p[1]); });
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

  function drops(run, axis) {
    var lines = run.lines.filter(function (l) { return isNumber(l.rate); });
    return lines.filter(function (l, i) { return i && l.rate !== lines[i - 1].rate; }).map(function (l) {
      var start = axis === 'epoch' ? Math.floor(x(l, axis) - 1e-9) : x(l, axis);
      return {x: l.event === 'step' ? start : x(l, axis), label: 'rate ' + rate(l.rate)};
    });
  }

  window.RunSeries = {
    isNumber: isNumber, percent: percent, plain: plain, power: power, rate: rate, time: time, steps: steps,
    epochs: epochs, points: points, windowOf: windowOf, smooth: smooth, drops: drops
  };
})();
