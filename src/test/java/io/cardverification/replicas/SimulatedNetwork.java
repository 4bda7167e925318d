package io.cardverification.replicas;

import java.util.Random;
import java.util.function.Consumer;

/** The way to the store and back: messages are delayed, lost and repeated. */
final class SimulatedNetwork {

    private final SimulatedTime time;
    private final Random random;
    private final SimulatedStore store;
    private boolean isBad;

    SimulatedNetwork(SimulatedTime time, Random random, SimulatedStore store) {
        this.time = time;
        this.random = random;
        this.store = store;
    }

    void setBad(boolean isBad) {
        this.isBad = isBad;
    }

    void send(Beat beat, Consumer<BeatReply> onReply) {
        var copies = isBad && random.nextInt(8) == 0 ? 2 : 1;
        for (var i = 0; i < copies; i++) {
            deliver(() -> {
                var reply = store.apply(beat);
                if (reply != null) {
                    deliver(() -> onReply.accept(reply));
                }
            });
        }
    }

    private void deliver(Runnable message) {
        if (!isBad || random.nextInt(10) > 0) {
            time.schedule(delayNanos(), message);
        }
    }

    private long delayNanos() {
        var micros = 300L + random.nextInt(1_200);
        if (isBad) {
            micros += switch (random.nextInt(12)) {
                case 0 -> random.nextInt(900_000);
                case 1 -> random.nextInt(9_000_000);
                case 2, 3 -> random.nextInt(50_000);
                default -> 0;
            };
        }
        return micros * 1_000;
    }
}
