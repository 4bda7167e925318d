package io.cardverification.chaos;

import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param counts by name, in the order in which they are told
 * @param wrongs what does not fit, a line each
 */
record Figures(Map<String, Integer> counts, List<String> wrongs) {

    int count(String name) {
        return counts.getOrDefault(name, 0);
    }

    String table() {
        var table = new StringBuilder("| What | How many |\n|---|--:|\n");
        counts.forEach((name, count) -> table.append("| ").append(name).append(" | ").append(count).append(" |\n"));
        return table.toString();
    }
}
