/* Where the lines of a chart's grid lie. */
(function () {
  'use strict';

  /* Round numbers from least to greatest, about so many. */
  function ticks(least, greatest, about, whole) {
    var raw = (greatest - least) / Math.max(1, about);
    var power = Math.pow(10, Math.floor(Math.log10(raw)));
    var step = [1, 2, 5, 10].map(function (f) { return f * power; }).find(function (s) { return s >= raw * 0.999; });
    step = whole ? Math.max(1, Math.round(step)) : step;
    var result = [];
    for (var i = Math.ceil(least / step - 1e-9); i * step <= greatest + step * 1e-9; i++) {
      result.push(Number((i * step).toPrecision(12)));
    }
    return result;
  }

  function decades(least, greatest) {
    var result = [];
    for (var i = Math.ceil(Math.log10(least) - 1e-9); i <= Math.log10(greatest) + 1e-9; i++) {
      result.push(Number(Math.pow(10, i).toPrecision(6)));
    }
    return result;
  }

  window.ChartAxis = {ticks: ticks, decades: decades};
})();
