/* The report of the experiments: a chart for each plot, and the kernels and guesses of a net. */
(function () {
  'use strict';
  var read = window.RunSeries;
  var data = JSON.parse(document.getElementById('report-data').textContent);

  data.plots.forEach(function (plot) {
    var format = plot.share ? read.percent : read.plain;
    var settings = {name: plot.title, format: format, height: window.innerWidth < 760 ? 280 : 340};
    if (plot.share) {
      settings.most = 1;
    }
    new window.LineChart(document.getElementById('plot-' + plot.id), settings).update({
      series: plot.lines.map(function (line) {
        return {key: line.key, label: line.label, style: line.style + ' seed', points: line.points};
      }),
      references: plot.target === undefined ? [] : [{y: plot.target, label: read.percent(plot.target), style: 'plain'}],
      marks: [], whole: true, xTitle: 'epochs', xFormat: function (value) { return 'epoch ' + value; }
    });
  });

  document.querySelectorAll('.pictures').forEach(function (box, i) {
    var found = data.pictures[i];
    box.previousElementSibling.querySelector('.pictures-epoch').textContent = 'after epoch ' + found.epoch;
    var kernels = window.RunPictures.add(box, 'div', null, 'kernels');
    window.RunPictures.kernels(kernels, found);
    window.RunPictures.examples(window.RunPictures.add(box, 'ul', null, 'guesses'), found);
  });
})();
