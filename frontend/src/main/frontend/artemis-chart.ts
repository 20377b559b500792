import { LitElement, css, html, nothing } from 'lit';
import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { written } from './numbers';

echarts.use([
  BarChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer
]);

/** One series: its values in the order of the categories. `texts` are the same values as a person reads them. */
interface Series {
  name: string;
  values: number[];
  texts: string[];
  /** what is only expected */
  faint: boolean;
}

/**
 * What the server sends. Numbers place the shapes; every amount that is read as text comes formatted from the server,
 * so that money is written in one way only.
 */
interface ChartData {
  kind: 'stack' | 'area' | 'bars' | 'donut';
  label: string;
  categoryLabel: string;
  categories: string[];
  series: Series[];
  axisTexts: { value: number; text: string }[];
  centre?: string;
  limit?: { value: number; label: string };
}

const COLOURS = 10;

/** A chart by ECharts in the page's own colours, with the same numbers as a table for those who do not see it. */
class ArtemisChart extends LitElement {
  static properties = { data: { attribute: false }, leads: { attribute: false }, hint: { attribute: false }, at: { state: true } };

  static styles = css`
    :host {
      display: block;
      position: relative;
      min-height: 8rem;
    }
    :host([hidden]) {
      display: none;
    }
    .canvas {
      position: absolute;
      inset: 0;
    }
    .columns {
      position: absolute;
      inset: 0;
      border-radius: var(--vaadin-radius-m);
      pointer-events: none;
    }
    .columns:focus {
      outline: none;
    }
    .columns:focus-visible {
      outline: 2px solid var(--vaadin-focus-ring-color);
      outline-offset: 2px;
    }
    .probe {
      display: none;
    }
    .unseen {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  `;

  declare data: ChartData | null;
  /** whether its shapes lead somewhere */
  declare leads: boolean;
  /** how the keyboard goes about it, read out */
  declare hint: string;
  /** the column that the keyboard stands at; none before it came */
  declare at: number;
  private chart: echarts.ECharts | null = null;
  private drawn: ChartData['kind'] | null = null;
  private size: ResizeObserver | null = null;
  private scheme: MutationObserver | null = null;
  private readonly system = window.matchMedia('(prefers-color-scheme: dark)');
  private readonly redraw = () => this.draw();

  constructor() {
    super();
    this.data = null;
    this.leads = false;
    this.hint = '';
    this.at = -1;
  }

  connectedCallback() {
    super.connectedCallback();
    this.system.addEventListener('change', this.redraw);
    this.scheme = new MutationObserver(this.redraw);
    this.scheme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'theme', 'class'] });
    if (this.hasUpdated) {
      this.start();
    }
  }

  disconnectedCallback() {
    this.system.removeEventListener('change', this.redraw);
    this.scheme?.disconnect();
    this.size?.disconnect();
    this.chart?.dispose();
    this.chart = null;
    this.drawn = null;
    super.disconnectedCallback();
  }

  firstUpdated() {
    this.start();
  }

  updated(changed: Map<string, unknown>) {
    if (changed.has('data')) {
      this.draw();
    }
    if (this.at >= 0 && this.shadowRoot?.activeElement) {
      this.point();
    }
  }

  render() {
    return html`
      <div class="canvas" aria-hidden="true"></div>
      <span class="probe"></span>
      ${this.data ? this.table(this.data) : nothing} ${this.data && this.leads && this.data.kind !== 'donut' ? this.columns(this.data) : nothing}
    `;
  }

  /** The way to each column without a mouse; a donut has its list of links beside it. */
  private columns(data: ChartData) {
    return html`
      <div
        class="columns"
        role="listbox"
        tabindex="0"
        aria-orientation="horizontal"
        aria-label=${data.label}
        aria-describedby="hint"
        aria-activedescendant=${this.at >= 0 ? `column-${this.at}` : nothing}
        @focus=${() => this.to(Math.max(this.at, 0))}
        @blur=${() => this.leave()}
        @keydown=${(event: KeyboardEvent) => this.pressed(event)}
      >
        <div class="unseen" role="presentation">
          ${data.categories.map(
            (category, place) => html`
              <div role="option" id=${`column-${place}`} aria-selected=${place === this.at} @click=${() => this.select('', place)}>
                ${spoken(data, category, place)}
              </div>
            `
          )}
        </div>
      </div>
      <span class="unseen" id="hint">${this.hint}</span>
    `;
  }

  private pressed(event: KeyboardEvent) {
    const last = (this.data?.categories.length ?? 0) - 1;
    const places: Record<string, number> = { ArrowLeft: this.at - 1, ArrowRight: this.at + 1, Home: 0, End: last };
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.key in places) {
      event.preventDefault();
      this.to(places[event.key]);
    } else if ((event.key === 'Enter' || event.key === ' ') && this.at >= 0) {
      event.preventDefault();
      this.select('', this.at);
    }
  }

  private to(place: number) {
    this.at = Math.min(Math.max(place, 0), (this.data?.categories.length ?? 0) - 1);
    this.requestUpdate();
  }

  /** Shows to whoever sees it what is read out. */
  private point() {
    const chosen = (this.chart?.getOption() as { legend?: { selected?: Record<string, boolean> }[] } | undefined)?.legend?.[0]?.selected;
    const seriesIndex = this.data?.series.findIndex((one) => chosen?.[one.name] !== false) ?? -1;
    this.chart?.dispatchAction({ type: 'showTip', seriesIndex, dataIndex: this.at });
  }

  private leave() {
    this.chart?.dispatchAction({ type: 'hideTip' });
  }

  private select(series: string, category: number) {
    this.dispatchEvent(new CustomEvent('chart-select', { detail: { series, category } }));
  }

  private table(data: ChartData) {
    return html`
      <div class="unseen">
        <table>
          <caption>${data.label}</caption>
          <thead>
            <tr>
              <th scope="col">${data.categoryLabel}</th>
              ${data.series.map((one) => html`<th scope="col">${one.name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${data.categories.map(
              (category, row) => html`
                <tr>
                  <th scope="row">${category}</th>
                  ${data.series.map((one) => html`<td>${one.texts[row]}</td>`)}
                </tr>
              `
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  private start() {
    const canvas = this.renderRoot.querySelector<HTMLElement>('.canvas');
    if (!canvas || this.chart) {
      return;
    }
    this.chart = echarts.init(canvas, null, { renderer: 'svg' });
    this.chart.on('click', (event) => this.select(event.seriesName ?? '', event.dataIndex ?? -1));
    this.size = new ResizeObserver(() => this.chart?.resize());
    this.size.observe(this);
    this.draw();
  }

  /** Tokens may hold any CSS colour; what ECharts mixes and fades must be plain numbers. */
  private colour(token: string): string {
    const probe = this.renderRoot.querySelector<HTMLElement>('.probe');
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!probe || !pen) {
      return '#888888';
    }
    probe.style.color = `var(${token})`;
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return `rgba(${red}, ${green}, ${blue}, ${(alpha / 255).toFixed(3)})`;
  }

  private draw() {
    if (!this.chart || !this.data) {
      return;
    }
    const style = getComputedStyle(this);
    const look = {
      text: this.colour('--vaadin-text-color'),
      quiet: this.colour('--vaadin-text-color-secondary'),
      line: this.colour('--vaadin-border-color-secondary'),
      surface: this.colour('--artemis-chart-surface'),
      limit: this.colour('--artemis-chart-limit'),
      font: style.fontFamily,
      palette: Array.from({ length: COLOURS }, (_, index) => this.colour(`--artemis-chart-${index + 1}`))
    };
    const option = this.data.kind === 'donut' ? donut(this.data, look) : columns(this.data, look);
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    // new numbers leave what a reader hid by the legend hidden
    const how = this.drawn === this.data.kind ? { replaceMerge: ['series'] } : { notMerge: true };
    this.chart.setOption({ animation: !still, animationDuration: 300, ...option }, how);
    this.drawn = this.data.kind;
  }
}

interface Look {
  text: string;
  quiet: string;
  line: string;
  surface: string;
  limit: string;
  font: string;
  palette: string[];
}

function tip(look: Look) {
  return {
    backgroundColor: look.surface,
    borderColor: look.line,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: look.text, fontFamily: look.font, fontSize: 12 },
    extraCssText: 'font-variant-numeric: tabular-nums; border-radius: 8px; box-shadow: 0 4px 16px rgb(0 0 0 / 12%);'
  };
}

function legend(look: Look) {
  return {
    type: 'scroll',
    icon: 'roundRect',
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 14,
    textStyle: { color: look.quiet, fontFamily: look.font, fontSize: 12 },
    pageTextStyle: { color: look.quiet },
    pageIconColor: look.quiet,
    pageIconInactiveColor: look.line
  };
}

/** Names come from people: they are text, never markup. */
function escaped(text: string): string {
  const span = document.createElement('span');
  span.textContent = text;
  return span.innerHTML;
}

/** A column as it is read out: what it is of, and what it is made of. */
function spoken(data: ChartData, category: string, place: number): string {
  const parts = data.series
    .filter((one) => one.values[place] !== 0)
    .map((one) => (data.series.length === 1 ? one.texts[place] : `${one.name} ${one.texts[place]}`));
  return `${category}: ${parts.join(', ') || (data.series[0]?.texts[place] ?? '')}`;
}

function row(colour: string, name: string, text: string): string {
  return (
    `<div style="display:flex;gap:12px;align-items:center;justify-content:space-between">` +
    `<span><span style="display:inline-block;width:8px;height:8px;border-radius:2px;margin-right:6px;background:${colour}"></span>` +
    `${escaped(name)}</span><b style="font-weight:600">${escaped(text)}</b></div>`
  );
}

function columns(data: ChartData, look: Look) {
  const area = data.kind === 'area';
  const single = data.series.length === 1;
  const ticks = data.axisTexts;
  const top = ticks.length ? ticks[ticks.length - 1].value : undefined;
  const label = (value: number) =>
    ticks.reduce((best, tick) => (Math.abs(tick.value - value) < Math.abs(best.value - value) ? tick : best), ticks[0])
      ?.text ?? '';
  return {
    color: look.palette,
    textStyle: { fontFamily: look.font },
    grid: { left: 4, right: 8, top: 12, bottom: single ? 4 : 34, containLabel: true },
    legend: { ...legend(look), show: !single, bottom: 0, left: 0 },
    tooltip: {
      ...tip(look),
      trigger: 'axis',
      axisPointer: { type: area ? 'line' : 'shadow', lineStyle: { color: look.line }, shadowStyle: { opacity: 0.06 } },
      formatter: (points: { seriesIndex: number; dataIndex: number; color: string }[]) => {
        if (!points.length) {
          return '';
        }
        const at = points[0].dataIndex;
        const rows = points
          .filter((point) => data.series[point.seriesIndex].values[at] !== 0)
          .map((point) => row(String(point.color), data.series[point.seriesIndex].name, data.series[point.seriesIndex].texts[at]));
        return `<div style="margin-bottom:4px">${escaped(data.categories[at])}</div>${rows.join('')}`;
      }
    },
    xAxis: {
      type: 'category',
      data: data.categories,
      boundaryGap: !area,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.quiet, fontFamily: look.font, fontSize: 11, hideOverlap: true }
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: top,
      interval: ticks.length > 1 ? ticks[1].value - ticks[0].value : undefined,
      axisLabel: { color: look.quiet, fontFamily: look.font, fontSize: 11, formatter: label },
      splitLine: { lineStyle: { color: look.line } }
    },
    series: data.series.map((one, index) => ({
      name: one.name,
      type: area ? 'line' : 'bar',
      stack: 'all',
      data: one.values,
      barMaxWidth: 28,
      symbol: 'none',
      lineStyle: area ? { width: 1.5 } : undefined,
      areaStyle: area ? { opacity: 0.25 } : undefined,
      emphasis: { focus: 'series' },
      itemStyle: {
        borderRadius: !area && single ? [3, 3, 0, 0] : 0,
        ...(one.faint ? { color: look.quiet, opacity: 0.28 } : {})
      },
      markLine:
        index === 0 && data.limit
          ? {
              silent: true,
              symbol: 'none',
              lineStyle: { color: look.limit, type: 'dashed', width: 1.5 },
              label: { formatter: data.limit.label, color: look.limit, position: 'insideEndTop', fontSize: 11 },
              data: [{ yAxis: data.limit.value }]
            }
          : undefined
    }))
  };
}

function donut(data: ChartData, look: Look) {
  const series = data.series[0] ?? { name: '', values: [], texts: [] };
  return {
    color: look.palette,
    textStyle: { fontFamily: look.font },
    tooltip: {
      ...tip(look),
      trigger: 'item',
      formatter: (point: { dataIndex: number; color: string; percent: number }) =>
        row(String(point.color), data.categories[point.dataIndex], `${series.texts[point.dataIndex]} · ${written(point.percent)}\u00a0%`)
    },
    series: [
      {
        type: 'pie',
        radius: ['64%', '92%'],
        center: ['50%', '50%'],
        label: data.centre
          ? {
              show: true,
              position: 'center',
              formatter: data.centre,
              color: look.text,
              fontSize: 18,
              fontWeight: 600,
              fontFamily: look.font
            }
          : { show: false },
        labelLine: { show: false },
        emphasis: { scaleSize: 4 },
        itemStyle: { borderColor: look.surface, borderWidth: 2 },
        data: data.categories.map((name, index) => ({ name, value: series.values[index] }))
      }
    ]
  };
}

customElements.define('artemis-chart', ArtemisChart);
