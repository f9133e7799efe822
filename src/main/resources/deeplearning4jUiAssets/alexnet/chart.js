/* Line charts in SVG: coloured by the style sheet, read by mouse, touch and keyboard, without any library. */
(function () {
  'use strict';
  var SVG = 'http://www.w3.org/2000/svg';
  var axis = window.ChartAxis;
  var MARGIN = {top: 12, right: 12, bottom: 34, left: 54};

  function element(name, attributes, parent) {
    var made = document.createElementNS(SVG, name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (parent) {
      parent.appendChild(made);
    }
    return made;
  }

  function html(name, className, parent) {
    var made = document.createElement(name);
    made.className = className;
    parent.appendChild(made);
    return made;
  }

  /* settings: name, format(y), log, height; see update for what it shows. */
  function LineChart(container, settings) {
    this.settings = settings;
    this.container = container;
    this.hidden = {};
    this.cursor = null;
    this.shown = {series: [], references: [], marks: [], xTitle: '', xFormat: String};
    container.classList.add('chart');
    this.legend = html('div', 'legend', container);
    this.plot = html('div', 'plot', container);
    this.svg = element('svg', {tabindex: 0, role: 'img'}, this.plot);
    this.tip = html('div', 'tip', this.plot);
    this.tip.setAttribute('role', 'status');
    this.tip.hidden = true;
    var self = this;
    this.svg.addEventListener('pointermove', function (event) { self.point(event); });
    this.svg.addEventListener('pointerdown', function (event) { self.point(event); });
    this.svg.addEventListener('pointerleave', function () { self.leave(); });
    this.svg.addEventListener('blur', function () { self.leave(); });
    this.svg.addEventListener('keydown', function (event) { self.key(event); });
    new ResizeObserver(function () { self.draw(); }).observe(this.plot);
  }

  /* series: [{key, label, style, points: [[x, y]], dots, dashed, faint, stepped}]; references: [{y, label, style}];
     marks: [{x, label}]; xTitle; xFormat(x); whole: only whole numbers on the axis. */
  LineChart.prototype.update = function (shown) {
    this.shown = shown;
    this.drawLegend();
    this.draw();
  };

  LineChart.prototype.visible = function () {
    var hidden = this.hidden;
    return this.shown.series.filter(function (s) { return !hidden[s.key] && s.points.length; });
  };

  LineChart.prototype.drawLegend = function () {
    var self = this;
    var keys = this.shown.series.filter(function (s) { return s.label; });
    var signature = keys.map(function (s) { return s.key + s.label; }).join('|');
    if (signature === this.signature) {
      return;
    }
    this.signature = signature;
    this.legend.textContent = '';
    if (keys.length < 2) {
      return;
    }
    keys.forEach(function (s) {
      var button = html('button', 'key', self.legend);
      button.type = 'button';
      button.setAttribute('aria-pressed', String(!self.hidden[s.key]));
      var sample = element('svg', {viewBox: '0 0 22 10', 'class': 'sample', 'aria-hidden': 'true'}, button);
      element('line', {x1: 1, y1: 5, x2: 21, y2: 5, 'class': classes(s)}, sample);
      if (s.dots) {
        element('circle', {cx: 11, cy: 5, r: 3, 'class': 'dot ' + s.style}, sample);
      }
      button.appendChild(document.createTextNode(s.label));
      button.addEventListener('click', function () {
        self.hidden[s.key] = !self.hidden[s.key];
        button.setAttribute('aria-pressed', String(!self.hidden[s.key]));
        self.draw();
      });
    });
  };

  function classes(s) {
    return 'line ' + s.style + (s.dashed ? ' dashed' : '') + (s.faint ? ' faint' : '');
  }

  LineChart.prototype.ranges = function () {
    var visible = this.visible();
    var x = [Infinity, -Infinity];
    var y = [Infinity, -Infinity];
    visible.forEach(function (s) {
      s.points.forEach(function (p) {
        x = [Math.min(x[0], p[0]), Math.max(x[1], p[0])];
        y = [Math.min(y[0], p[1]), Math.max(y[1], p[1])];
      });
    });
    this.shown.references.forEach(function (r) { y = [Math.min(y[0], r.y), Math.max(y[1], r.y)]; });
    x[0] = Math.min(0, x[0]);
    x[1] = Math.max(x[1], x[0] + 1e-9);
    if (this.settings.log) {
      y = [Math.pow(10, Math.floor(Math.log10(y[0]) - 1e-9)), Math.pow(10, Math.ceil(Math.log10(y[1]) + 1e-9))];
    } else {
      y = [0, y[1] > 0 ? y[1] * 1.06 : 1];
    }
    if (this.settings.most) {
      y[1] = Math.min(y[1], this.settings.most);
    }
    return {x: x, y: y};
  };

  LineChart.prototype.draw = function () {
    var width = this.plot.clientWidth;
    var height = this.settings.height;
    var svg = this.svg;
    svg.textContent = '';
    if (!width) {
      return;
    }
    svg.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
    svg.setAttribute('width', width);
    svg.setAttribute('height', height);
    svg.setAttribute('aria-label', this.settings.name + '. ' + this.summary() + ' Arrow keys read the values.');
    var visible = this.visible();
    if (!visible.length) {
      element('text', {x: width / 2, y: height / 2, 'class': 'empty'}, svg).textContent = 'Nothing measured yet';
      return;
    }
    var ranges = this.ranges();
    var inner = {width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom};
    var log = this.settings.log;
    var low = log ? Math.log10(ranges.y[0]) : ranges.y[0];
    var high = log ? Math.log10(ranges.y[1]) : ranges.y[1];
    this.toX = function (x) { return MARGIN.left + (x - ranges.x[0]) / (ranges.x[1] - ranges.x[0]) * inner.width; };
    this.toValue = function (pixel) {
      return ranges.x[0] + (pixel - MARGIN.left) / inner.width * (ranges.x[1] - ranges.x[0]);
    };
    this.toY = function (y) {
      return MARGIN.top + (1 - ((log ? Math.log10(y) : y) - low) / (high - low)) * inner.height;
    };
    this.drawAxes(ranges, inner, width, height);
    this.drawMarks(inner, width);
    this.drawReferences(width);
    var self = this;
    visible.forEach(function (s) { self.drawSeries(s); });
    this.overlay = element('g', {'class': 'cursor'}, svg);
    this.drawCursor();
  };

  LineChart.prototype.drawAxes = function (ranges, inner, width, height) {
    var self = this;
    var svg = this.svg;
    var settings = this.settings;
    var bottom = height - MARGIN.bottom;
    var values = settings.log ? axis.decades(ranges.y[0], ranges.y[1]) : axis.ticks(ranges.y[0], ranges.y[1], inner.height / 48);
    values.forEach(function (value) {
      var y = self.toY(value);
      element('line', {x1: MARGIN.left, x2: width - MARGIN.right, y1: y, y2: y, 'class': 'grid'}, svg);
      element('text', {x: MARGIN.left - 8, y: y + 4, 'class': 'tick y'}, svg).textContent = settings.format(value);
    });
    axis.ticks(ranges.x[0], ranges.x[1], inner.width / 80, this.shown.whole).forEach(function (value) {
      var x = self.toX(value);
      element('line', {x1: x, x2: x, y1: bottom, y2: bottom + 4, 'class': 'axis'}, svg);
      element('text', {x: x, y: bottom + 16, 'class': 'tick x'}, svg).textContent = value.toLocaleString('en');
    });
    element('line', {x1: MARGIN.left, x2: width - MARGIN.right, y1: bottom, y2: bottom, 'class': 'axis'}, svg);
    element('text', {x: width - MARGIN.right, y: height - 3, 'class': 'title'}, svg).textContent = this.shown.xTitle;
  };

  LineChart.prototype.drawMarks = function (inner, width) {
    var self = this;
    var free = -Infinity;
    this.shown.marks.forEach(function (mark) {
      var x = self.toX(mark.x);
      element('line', {x1: x, x2: x, y1: MARGIN.top, y2: MARGIN.top + inner.height, 'class': 'mark'}, self.svg);
      var room = mark.label.length * 6.2 + 8;
      if (x > free && self.settings.labels) {
        var left = x + room > width - MARGIN.right;
        element('text', {x: left ? x - 5 : x + 5, y: MARGIN.top + 9, 'class': 'label' + (left ? ' end' : '')}, self.svg)
          .textContent = mark.label;
        free = left ? x : x + room;
      }
    });
  };

  LineChart.prototype.drawReferences = function (width) {
    var self = this;
    this.shown.references.forEach(function (reference) {
      var y = self.toY(reference.y);
      element('line', {
        x1: MARGIN.left, x2: width - MARGIN.right, y1: y, y2: y, 'class': 'reference ' + reference.style
      }, self.svg);
      element('text', {x: width - MARGIN.right - 2, y: y - 5, 'class': 'label end ' + reference.style}, self.svg)
        .textContent = reference.label;
    });
  };

  LineChart.prototype.drawSeries = function (s) {
    var self = this;
    var path = s.points.map(function (p, i) {
      var x = self.toX(p[0]).toFixed(1);
      var y = self.toY(p[1]).toFixed(1);
      return !i ? 'M' + x + ' ' + y : s.stepped ? 'V' + y + 'H' + x : 'L' + x + ' ' + y;
    }).join('');
    element('path', {d: path, 'class': classes(s), 'data-key': s.key}, this.svg);
    if (s.dots || s.points.length === 1) {
      var radius = s.points.length > 60 ? 1.8 : 3;
      s.points.forEach(function (p) {
        element('circle', {cx: self.toX(p[0]), cy: self.toY(p[1]), r: radius, 'class': 'dot ' + s.style}, self.svg);
      });
    }
  };

  function nearest(points, x) {
    return points.reduce(function (best, p) { return Math.abs(p[0] - x) < Math.abs(best[0] - x) ? p : best; });
  }

  LineChart.prototype.point = function (event) {
    var visible = this.visible();
    if (!visible.length) {
      return;
    }
    var at = this.toValue(event.clientX - this.svg.getBoundingClientRect().left);
    var best = nearest(visible.map(function (s) { return nearest(s.points, at); }), at);
    this.cursor = best[0];
    this.drawCursor();
  };

  LineChart.prototype.leave = function () {
    this.cursor = null;
    this.drawCursor();
  };

  LineChart.prototype.key = function (event) {
    var stops = [];
    this.visible().forEach(function (s) { s.points.forEach(function (p) { stops.push(p[0]); }); });
    stops = Array.from(new Set(stops)).sort(function (a, b) { return a - b; });
    if (!stops.length) {
      return;
    }
    var current = this.cursor;
    var at = current === null ? stops.length : stops.findIndex(function (x) { return x >= current; });
    var stride = event.shiftKey ? 10 : 1;
    var next = {ArrowLeft: at - stride, ArrowRight: at + stride, Home: 0, End: stops.length - 1}[event.key];
    if (event.key === 'Escape') {
      this.leave();
    } else if (next !== undefined) {
      event.preventDefault();
      this.cursor = stops[Math.max(0, Math.min(stops.length - 1, next))];
      this.drawCursor();
    }
  };

  LineChart.prototype.drawCursor = function () {
    var tip = this.tip;
    if (this.overlay) {
      this.overlay.textContent = '';
    }
    if (this.cursor === null || !this.overlay || !this.visible().length) {
      tip.hidden = true;
      return;
    }
    var self = this;
    var x = this.toX(this.cursor);
    var bottom = this.settings.height - MARGIN.bottom;
    element('line', {x1: x, x2: x, y1: MARGIN.top, y2: bottom, 'class': 'hair'}, this.overlay);
    tip.textContent = '';
    html('strong', '', tip).textContent = this.shown.xFormat(this.cursor);
    this.visible().filter(function (s) { return s.label; }).forEach(function (s) {
      var p = nearest(s.points, self.cursor);
      element('circle', {cx: self.toX(p[0]), cy: self.toY(p[1]), r: 4, 'class': 'dot ' + s.style}, self.overlay);
      var row = html('span', 'row ' + s.style, tip);
      html('span', 'name', row).textContent = s.label;
      html('span', 'value', row).textContent = self.settings.format(p[1], true);
    });
    tip.hidden = false;
    var room = this.plot.clientWidth;
    var size = tip.offsetWidth;
    tip.style.left = Math.max(0, x + 14 + size > room ? x - size - 14 : x + 14) + 'px';
    tip.style.top = MARGIN.top + 'px';
  };

  /* The last values, for those who do not see the lines. */
  LineChart.prototype.summary = function () {
    var format = this.settings.format;
    var latest = this.visible().filter(function (s) { return s.label; }).map(function (s) {
      return s.label + ' ' + format(s.points[s.points.length - 1][1], true);
    });
    return latest.length ? 'Latest: ' + latest.join(', ') + '.' : 'Nothing measured yet.';
  };

  window.LineChart = LineChart;
})();
