/* The table of epochs, the latest on top. */
(function () {
  'use strict';
  var read = window.RunSeries;
  var add = window.RunPictures.add;

  function draw(run, winner) {
    var table = document.getElementById('epochs');
    var list = read.epochs(run);
    var signature = run.id + list.length + run.generation;
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
        add(row, 'td', read.isNumber(l[part + 'Loss']) ? l[part + 'Loss'].toFixed(3) : '–');
        add(row, 'td', read.percent(l[part + 'Top1Error'], true));
        add(row, 'td', read.percent(l[part + 'Top5Error'], true));
      });
      add(row, 'td', read.rate(l.rate));
      add(row, 'td', read.time(l.trainingSeconds));
    });
    if (!list.length) {
      add(add(body, 'tr'), 'td', 'The first epoch has not ended yet.').colSpan = 9;
    }
  }

  window.RunTable = {draw: draw};
})();
