package io.cardverification.store.sql;

import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.SHOP;
import static io.cardverification.store.StoreSamples.claim;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.cardverification.store.sql.DyingCall.Moment;
import io.cardverification.verification.Completion;

/** Lets a process die and compares what the next one finds. */
public final class DyingCallAssert {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 27);

    private DyingCallAssert() {
    }

    /** Runs the main class in a process of its own until it dies. */
    public static void run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(
                List.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1",
                        "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).inheritIO().redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** @param recovered by the process that asks the store now */
    public static void assertTold(Moment moment, SqlStore store, List<Recovered> recovered) {
        var key = store.claim(claim(1, 1)).await().atMost(PATIENCE).map(Completion::label);
        var spent = store.spent(DAY).await().atMost(PATIENCE);
        switch (moment) {
            case IN_THE_DEPARTURE -> {
                assertThat(recovered).isEmpty();
                assertThat(key).isEmpty();
                assertThat(spent).isEmpty();
            }
            case DEPARTED, IN_THE_END -> {
                assertThat(recovered).singleElement()
                        .satisfies(call -> assertThat(call.entry().completion().maxCharges()).isEqualTo(1));
                assertThat(key).contains("interrupted");
                assertThat(spent).isEqualTo(Map.of(SHOP, 1));
            }
            case ENDED -> {
                assertThat(recovered).isEmpty();
                assertThat(key).contains(PASSED.label());
                assertThat(spent).isEqualTo(Map.of(SHOP, 1));
            }
        }
    }
}
