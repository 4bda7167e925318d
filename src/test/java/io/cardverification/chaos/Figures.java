package io.cardverification.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param counts by name, in the order in which they are told
 * @param wrongs what does not fit, a line each
 */
record Figures(Map<String, Integer> counts, List<String> wrongs) {

    Figures and(Figures more) {
        var allCounts = new LinkedHashMap<>(counts);
        allCounts.putAll(more.counts);
        return new Figures(allCounts, Stream.concat(wrongs.stream(), more.wrongs.stream()).toList());
    }

    int count(String name) {
        return counts.getOrDefault(name, 0);
    }

    String table() {
        var table = new StringBuilder("| What | How many |\n|---|--:|\n");
        counts.forEach((name, count) -> table.append("| ").append(name).append(" | ").append(count).append(" |\n"));
        return table.toString();
    }
}
