// Amounts over time as bars: an SVG of our own, because it takes VS Code's colours, the content security policy and a screen reader
// without ado. The same figures are in a table under it.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { fill, type PanelModel } from './model.ts';
import { type Bucket, type SeriesName, seriesNames, type Timeline } from './timeline.ts';

const height = 148;
const margin = { top: 16, bottom: 20, start: 48, end: 4 };

/** The chart, `width` pixels wide; nothing where there are fewer than two dates to show. */
export function chartView(model: PanelModel, width: number): unknown {
	const { strings, timeline, ui } = model;
	const units = timeline.units;
	const unit = units.find(({ id }) => id === ui.chartUnit) ?? units[0];
	const shown = unit === undefined ? undefined : timeline.timeline(unit.id);
	if (unit === undefined || shown === undefined || shown.buckets.length < 2) {
		return nothing;
	}
	const unitName = unit.name === '' ? strings.chart.noUnit : unit.name;
	return html`<section class="chart" aria-labelledby="chart-title">
		<div class="section-head">
			<h2 id="chart-title">${strings.chart.label}</h2>
			${legend(model, shown)}
			${units.length < 2 ? html`<span class="muted clip unit-name">${unitName}</span>` : unitSelect(model, units, unit.id)}
		</div>
		${bars(model, shown, unitName, width)}
		<div class="chart-foot">${undatedView(model)}${chartTable(model, shown, unitName)}</div>
	</section>`;
}

function undatedView(model: PanelModel): unknown {
	const { undated } = model.timeline;
	return undated === 0 ? nothing : html`<p class="muted">${model.counted(model.strings.chart.undated, undated)}</p>`;
}

function unitSelect(model: PanelModel, units: PanelModel['timeline']['units'], selected: string): TemplateResult {
	const { strings } = model;
	const choose = (event: Event) => {
		if (event.target instanceof HTMLSelectElement) {
			model.setUi({ chartUnit: event.target.value });
		}
	};
	return html`<select class="select" aria-label=${strings.chart.unit} @change=${choose}>
		${units.map(({ id, name }) => html`<option value=${id} ?selected=${id === selected}>${name === '' ? strings.chart.noUnit : name}</option>`)}
	</select>`;
}

function seriesOf(timeline: Timeline): SeriesName[] {
	return seriesNames.filter((name) => timeline.buckets.some((bucket) => bucket.sums[name] !== '0'));
}

function legend({ strings }: PanelModel, timeline: Timeline): TemplateResult {
	return html`<ul class="legend">
		${seriesOf(timeline).map(
			(name) =>
				html`<li><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="bar ${name}" x="0.5" y="0.5" width="9" height="9" /></svg>${strings.chart[name]}</li>`,
		)}
	</ul>`;
}

function bars(model: PanelModel, timeline: Timeline, unitName: string, width: number): TemplateResult {
	const { strings } = model;
	const series = seriesOf(timeline);
	const scale = scaleOf(timeline, series);
	const inner = Math.max(0, width - margin.start - margin.end);
	const slot = inner / timeline.buckets.length;
	const first = timeline.buckets[0];
	const last = timeline.buckets.at(-1);
	const label = fill(strings.chart.describe, {
		unit: unitName,
		from: first === undefined ? '' : bucketName(model, timeline, first),
		to: last === undefined ? '' : bucketName(model, timeline, last),
	});
	return html`<svg class="bars" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
		<defs><pattern id="archived-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
			<rect class="hatch-line" x="0" y="0" width="1.5" height="4" /></pattern></defs>
		${scale.ticks.map((tick) => gridLine(model, timeline, tick, scale.y(tick), width))}
		${timeline.buckets.map((bucket, index) => bucketBars(model, timeline, bucket, { series, x: margin.start + index * slot, slot, y: scale.y }))}
		${axisLabels(model, timeline, slot, width)}
	</svg>`;
}

interface Scale {
	readonly ticks: readonly number[];
	readonly y: (value: number) => number;
}

/** Heights may be doubles: a pixel is coarser than any rounding error. */
function scaleOf(timeline: Timeline, series: readonly SeriesName[]): Scale {
	const values = timeline.buckets.flatMap((bucket) => series.map((name) => Number(bucket.sums[name])));
	const most = Math.max(0, ...values);
	const least = Math.min(0, ...values);
	const step = niceStep((most - least || 1) / 3);
	const top = Math.max(step, Math.ceil(most / step) * step);
	const bottom = Math.floor(least / step) * step;
	const ticks: number[] = [];
	for (let tick = bottom; tick <= top + step / 2; tick += step) {
		ticks.push(tick);
	}
	const plot = height - margin.top - margin.bottom;
	return { ticks, y: (value) => margin.top + ((top - value) / (top - bottom)) * plot };
}

/** 1, 2 or 5 times a power of ten, not below the step that was asked for. */
function niceStep(step: number): number {
	const power = 10 ** Math.floor(Math.log10(step));
	return ([1, 2, 5].find((factor) => factor * power >= step) ?? 10) * power;
}

function gridLine(model: PanelModel, timeline: Timeline, tick: number, y: number, width: number): unknown {
	return svg`<line class=${tick === 0 ? 'axis' : 'grid-line'} x1=${margin.start} x2=${width} y1=${y} y2=${y} />
		${tick === 0 ? nothing : svg`<text class="tick" x=${margin.start - 6} y=${y + 4} text-anchor="end">${model.amounts.compact(tick, timeline.unit)}</text>`}`;
}

interface Place {
	readonly series: readonly SeriesName[];
	readonly x: number;
	readonly slot: number;
	readonly y: (value: number) => number;
}

function bucketBars(model: PanelModel, timeline: Timeline, bucket: Bucket, { series, x, slot, y }: Place): unknown {
	if (bucket.empty) {
		return nothing;
	}
	const group = Math.min(slot * 0.8, 18 * series.length);
	const bar = group / series.length;
	const { chart, labelled } = model.strings;
	const lines = series.map((name) => fill(labelled, { label: chart[name], value: model.amounts.value(bucket.sums[name], timeline.unit) }));
	return svg`<g><title>${[bucketName(model, timeline, bucket), ...lines].join('\n')}</title>
		<rect class="hit" x=${x} y="0" width=${slot} height=${height} />
		${series.map((name, index) => barRect(name, Number(bucket.sums[name]), x + (slot - group) / 2 + index * bar, bar, y))}</g>`;
}

function barRect(name: SeriesName, value: number, x: number, width: number, y: (value: number) => number): unknown {
	if (value === 0) {
		return nothing;
	}
	const top = Math.min(y(value), y(0));
	// An amount that is there is seen, however small it is beside the others.
	const tall = Math.max(1.5, Math.abs(y(value) - y(0)));
	return svg`<rect class="bar ${name}" x=${x} y=${value > 0 ? y(0) - tall : top} width=${Math.max(1, width - 1)} height=${tall} />`;
}

/** The first and the last bucket, and the one in the middle where there is room. */
function axisLabels(model: PanelModel, timeline: Timeline, slot: number, width: number): unknown {
	const last = timeline.buckets.length - 1;
	const middle = last >> 1;
	const places = width > 420 && last > 3 ? [0, middle, last] : [0, last];
	return places.map((index) => {
		const bucket = timeline.buckets[index];
		const anchor = index === 0 ? 'start' : index === last ? 'end' : 'middle';
		const x = index === 0 ? margin.start : index === last ? width - margin.end : margin.start + (index + 0.5) * slot;
		return bucket === undefined
			? nothing
			: svg`<text class="tick" x=${x} y=${height - 5} text-anchor=${anchor}>${bucketName(model, timeline, bucket)}</text>`;
	});
}

function bucketName({ dates, strings }: PanelModel, { size }: Timeline, { start }: Bucket): string {
	switch (size) {
		case 'day':
			return dates.day(start);
		case 'week':
			return fill(strings.chart.weekOf, { date: dates.day(start) });
		case 'month':
			return dates.month(start);
		case 'year':
			return String(new Date(start).getFullYear());
	}
}

function chartTable(model: PanelModel, timeline: Timeline, unitName: string): TemplateResult {
	const { strings, amounts } = model;
	const series = seriesOf(timeline);
	return html`<details class="chart-table">
		<summary>${strings.chart.asTable}</summary>
		<div class="scroll-x" tabindex="0" role="region" aria-label="${strings.chart.label}: ${unitName}">
			<table>
				<thead><tr><th scope="col">${strings.chart.period}</th>${series.map((name) => html`<th scope="col" class="number">${strings.chart[name]}</th>`)}</tr></thead>
				<tbody>${timeline.buckets
					.filter((bucket) => !bucket.empty)
					.map(
						(bucket) =>
							html`<tr><th scope="row">${bucketName(model, timeline, bucket)}</th>${series.map(
								(name) => html`<td class="number">${amounts.value(bucket.sums[name], timeline.unit)}</td>`,
							)}</tr>`,
					)}
				</tbody>
			</table>
		</div>
	</details>`;
}
