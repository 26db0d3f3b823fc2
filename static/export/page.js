// Presents the slides of the page one at a time. Without it the page is read as it stands.
(() => {
  'use strict';
  const root = document.documentElement;
  const part = id => document.getElementById(id);
  const slides = [...document.querySelectorAll('main > section')];
  if (slides.length === 0) return;
  let shown = -1;

  // The slide that the address names, or that the reader is looking at.
  const named = () => {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* it stays as it is written */ }
    const found = name && part(name);
    return found ? slides.indexOf(found.closest('section')) : -1;
  };
  const inSight = () => slides.findIndex(slide => slide.getBoundingClientRect().bottom > innerHeight / 3);

  // Pictures give way to words; then all of the slide becomes smaller; what is still too tall scrolls.
  const unfit = slide => ['--shrink', '--fit'].forEach(name => slide.style.removeProperty(name));
  const fit = slide => {
    const isTooTall = () => slide.scrollHeight > slide.clientHeight;
    const less = (name, least) => {
      for (let part = 95; isTooTall() && part >= least; part -= 5) slide.style.setProperty(name, part / 100);
    };
    unfit(slide);
    less('--shrink', 50);
    less('--fit', 55);
  };

  const show = index => {
    const next = Math.max(0, Math.min(index, slides.length - 1));
    if (next === shown) return;
    if (shown >= 0) {
      slides[shown].classList.remove('current');
      unfit(slides[shown]);
    }
    shown = next;
    const slide = slides[shown];
    slide.classList.add('current');
    fit(slide);
    slide.scrollTop = 0;
    slide.focus({ preventScroll: true });
    part('place').textContent = `${slide.querySelector('.count').textContent} / ${slides.at(-1).querySelector('.count').textContent}`;
    document.body.dataset.shown = slide.id;
    history.replaceState(history.state, '', '#' + slide.id);
  };
  const enter = () => {
    if (shown >= 0) return;
    const index = Math.max(named() >= 0 && scrollY === 0 ? named() : inSight(), 0);
    root.classList.add('presenting');
    part('controls').hidden = false;
    show(index);
  };
  const leave = () => {
    if (shown < 0) return;
    const slide = slides[shown];
    slide.classList.remove('current');
    unfit(slide);
    shown = -1;
    root.classList.remove('presenting');
    part('controls').hidden = true;
    delete document.body.dataset.shown;
    if (document.fullscreenElement) document.exitFullscreen();
    slide.scrollIntoView({ behavior: 'instant' });
  };

  // What does not fit is seen before the next slide comes.
  const forward = () => {
    const slide = slides[shown];
    if (slide.scrollTop + slide.clientHeight < slide.scrollHeight - 2) slide.scrollTop += slide.clientHeight * 0.9;
    else show(shown + 1);
  };
  const backward = () => {
    const slide = slides[shown];
    if (slide.scrollTop > 2) slide.scrollTop -= slide.clientHeight * 0.9;
    else show(shown - 1);
  };
  const turn = root.dir === 'rtl' ? [backward, forward] : [forward, backward];
  const keys = {
    ArrowRight: turn[0], ArrowLeft: turn[1], ArrowDown: forward, ArrowUp: backward, PageDown: forward, PageUp: backward,
    ' ': forward, Home: () => show(0), End: () => show(slides.length - 1), Escape: leave, p: leave,
    f: () => document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen(),
  };
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (shown < 0) {
      if (event.key === 'p') enter();
      return;
    }
    // Space presses the button or follows the link that has the focus.
    if (event.key === ' ' && event.target.closest('button, a, summary')) return;
    const act = event.key === ' ' && event.shiftKey ? backward : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  addEventListener('hashchange', () => { if (shown >= 0 && named() >= 0) show(named()); });
  addEventListener('resize', () => { if (shown >= 0) fit(slides[shown]); });
  addEventListener('load', () => { if (shown >= 0) fit(slides[shown]); });
  // Every slide is fitted to its page, with its notes open below it.
  addEventListener('beforeprint', () => {
    leave();
    document.querySelectorAll('.notes details').forEach(notes => { notes.open = true; });
    root.classList.add('printing');
    slides.forEach(fit);
  });
  addEventListener('afterprint', () => {
    root.classList.remove('printing');
    slides.forEach(unfit);
  });
  part('present').addEventListener('click', enter);
  part('next').addEventListener('click', forward);
  part('back').addEventListener('click', backward);
  part('leave').addEventListener('click', leave);
  part('present').hidden = false;
  if (location.search === '?present') enter();
})();
