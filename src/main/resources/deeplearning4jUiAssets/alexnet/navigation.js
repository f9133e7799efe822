/* Added to the script that all stock pages load: a link to the page of error rates, and the start time, which the
   library's overview leaves empty. */
(function () {
  'use strict';
  var list = document.querySelector('.sidebar-nav > ul.nav');
  if (list && !document.getElementById('nav-errors')) {
    var item = document.createElement('li');
    item.className = 'nav-item';
    item.id = 'nav-errors';
    item.innerHTML = '<a class="nav-link" href="/errors"><i class="nav-icon cui-chart"></i>Error rates</a>';
    list.insertBefore(item, list.firstChild);
  }
  if (!window.jQuery) {
    return;
  }
  var begun = null;
  function two(number) {
    return (number < 10 ? '0' : '') + number;
  }
  function clock(time) {
    return time.getFullYear() + '-' + two(time.getMonth() + 1) + '-' + two(time.getDate()) + ' ' +
      two(time.getHours()) + ':' + two(time.getMinutes()) + ':' + two(time.getSeconds());
  }
  function duration(seconds) {
    return Math.floor(seconds / 3600) + ':' + two(Math.floor(seconds / 60) % 60) + ':' + two(seconds % 60);
  }
  jQuery.ajaxPrefilter(function (options) {
    if (/\/train\/sessions\/info$/.test(options.url)) {
      options.dataFilter = function (text) {
        var sessions = JSON.parse(text);
        var first = Object.keys(sessions)[0];
        begun = first ? new Date(Number(sessions[first].initTime)) : null;
        return text;
      };
    } else if (/\/overview\/data$/.test(options.url)) {
      options.dataFilter = function (text) {
        var data = JSON.parse(text);
        if (begun && !isNaN(begun) && data.perf && !data.perf[0][1]) {
          data.perf[0][1] = clock(begun);
          data.perf[1][1] = duration(Math.round((Date.now() - begun) / 1000));
        }
        return JSON.stringify(data);
      };
    }
  });
})();
