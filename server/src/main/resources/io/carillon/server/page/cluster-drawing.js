'use strict';

/*
 * Draws nodes around their broker. A circle is the larger the more subscriptions its node holds, where
 * that is told. The table beside the drawing says the same in words.
 */
(() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const CENTRE = { x: 160, y: 110 };
  const REACH = { x: 116, y: 68 };
  const SMALLEST = 11;
  const LARGEST = 20;
  const LONGEST_LABEL = 12;

  /** More nodes than this would touch each other; the table has them all. */
  const MOST = 12;

  const element = (name, attributes, text) => {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  };

  const shortened = (label) => (label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label);

  /** What is drawn: a strip for few nodes, which stand side by side. */
  const FEW = { most: 2, box: '0 62 320 96' };
  const MANY = { box: '0 0 320 220' };

  /** The first node is to the left. */
  const placeOf = (index, count) => {
    const angle = Math.PI + (2 * Math.PI * index) / count;
    return { x: CENTRE.x + REACH.x * Math.cos(angle), y: CENTRE.y + REACH.y * Math.sin(angle) };
  };

  const radiusOf = (node, most) =>
    node.slice && most > 0 ? SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(node.slice.subscriptions / most) : SMALLEST + 2;

  /** Below the circle, or above it where the line to the broker leads down. */
  const baselineOf = (y, radius) => (y < CENTRE.y - 1 ? y - radius - 6 : y + radius + 15);

  const drawNode = (node, { x, y }, radius) => {
    const group = element('g', { class: `cluster-node${node.isSelf ? ' cluster-self' : ''}`, 'data-state': node.state });
    group.append(
      element('circle', { cx: x, cy: y, r: radius }),
      element('text', { x, y: baselineOf(y, radius), 'text-anchor': 'middle' }, shortened(node.label)),
    );
    return group;
  };

  const drawBroker = () => {
    const group = element('g', { class: 'cluster-broker' });
    group.append(
      element('rect', { x: CENTRE.x - 34, y: CENTRE.y - 15, width: 68, height: 30, rx: 8 }),
      element('text', { x: CENTRE.x, y: CENTRE.y + 5, 'text-anchor': 'middle' }, 'broker'),
    );
    return group;
  };

  /** Draws anew; a node that is alone has no broker. */
  const drawCluster = (svg, nodes, alone) => {
    const shown = nodes.slice(0, MOST);
    const most = Math.max(...shown.map(({ slice }) => (slice ? slice.subscriptions : 0)));
    const places = shown.map((_, index) => (alone ? CENTRE : placeOf(index, shown.length)));
    const lines = alone
      ? []
      : shown.map((node, index) =>
          element('line', {
            class: 'cluster-line',
            'data-state': node.state,
            x1: CENTRE.x,
            y1: CENTRE.y,
            x2: places[index].x,
            y2: places[index].y,
          }),
        );
    svg.setAttribute('viewBox', shown.length <= FEW.most ? FEW.box : MANY.box);
    svg.replaceChildren(
      ...lines,
      ...(alone ? [] : [drawBroker()]),
      ...shown.map((node, index) => drawNode(node, places[index], radiusOf(node, most))),
    );
  };

  Object.assign(window.Carillon, { drawCluster });
})();
