package io.cardverification.performance;

import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Three panels of bars, in one picture. */
final class Charts {

    private Charts() {
    }

    static void write(List<Comparison> standings) throws IOException {
        var latency = panel("Added at 1,000/s, µs");
        add(latency, "p50", standings, each -> each.added(Round::steady));
        add(latency, "p99", standings, each -> each.added(Round::steadyTail));
        latency.getStyler().setLegendVisible(true).setLegendPosition(LegendPosition.InsideNW);
        var most = panel("Most a second, one processor");
        add(most, "answers", standings, each -> each.median(Round::saturated));
        var cpu = panel("CPU for each, µs");
        add(cpu, "at its most", standings, each -> each.median(Round::saturatedCpu));
        BitmapEncoder.saveBitmap(List.of(latency, most, cpu), 1, 3, Report.FOLDER.resolve("pass-through").toString(),
                BitmapFormat.PNG);
    }

    private static CategoryChart panel(String title) {
        var panel = new CategoryChartBuilder().width(420).height(320).title(title).theme(ChartTheme.XChart).build();
        var style = panel.getStyler();
        style.setLegendVisible(false).setChartTitleBoxVisible(false).setChartBackgroundColor(Color.WHITE);
        style.setPlotGridVerticalLinesVisible(false).setPlotBorderVisible(false).setDecimalPattern("#,###");
        style.setLabelsVisible(true).setAvailableSpaceFill(0.7);
        return panel;
    }

    private static void add(CategoryChart panel, String series, List<Comparison> standings,
            ToDoubleFunction<Comparison> figure) {
        panel.addSeries(series, standings.stream().map(each -> each.contestant().name()).toList(),
                standings.stream().map(figure::applyAsDouble).map(value -> (double) Math.max(0, Math.round(value))).toList());
    }
}
