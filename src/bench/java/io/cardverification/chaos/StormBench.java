package io.cardverification.chaos;

import java.nio.file.Files;

/** The large storm test: {@code -Dchaos.seed}, {@code -Dchaos.questions} and {@code -Dchaos.kills} set its course and size. */
final class StormBench {

    private StormBench() {
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("chaos");
        var figures = new Chaos(folder, Long.getLong("chaos.seed", 1), Integer.getInteger("chaos.questions", 5000),
                Integer.getInteger("chaos.kills", 20)).run();
        System.out.println(figures.table());
        figures.wrongs().forEach(System.out::println);
        System.out.println("Logs and ledgers: " + folder);
        if (!figures.wrongs().isEmpty()) {
            throw new IllegalStateException(figures.wrongs().size() + " rows do not fit");
        }
    }
}
