/* Kernels and guesses of an epoch. */
(function () {
  'use strict';

  function byId(id) { return document.getElementById(id); }

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

  /* Tower a over tower b, in the box given. */
  function kernels(box, pictures) {
    box.textContent = '';
    pictures.towers.forEach(function (tower) {
      var figure = add(box, 'figure');
      var image = add(figure, 'img');
      var name = tower.tower ? 'Tower ' + tower.tower : 'All';
      image.src = 'data:image/png;base64,' + tower.png;
      image.alt = tower.kernels + ' kernels of ' + pictures.layer + tower.tower + ' after epoch ' + pictures.epoch;
      add(figure, 'figcaption', name + ': ' + tower.kernels + ' kernels of ' + tower.side + '×' + tower.side);
    });
  }

  function examples(list, pictures) {
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

  function show(pictures) {
    byId('pictures-epoch').textContent = 'after epoch ' + pictures.epoch + ', ' + pictures.iteration.toLocaleString('en') + ' updates';
    var count = pictures.towers.reduce(function (sum, t) { return sum + t.kernels; }, 0);
    byId('kernels-title').textContent = 'The ' + count + ' kernels of ' + pictures.layer;
    kernels(byId('kernels'), pictures);
    examples(byId('examples'), pictures);
  }

  window.RunPictures = {show: show, add: add, kernels: kernels, examples: examples};
})();
