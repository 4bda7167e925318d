package io.cardverification.pacing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;

/** Permits for tests of other packages. */
public final class TestPermits {

    private TestPermits() {
    }

    /** A permit that is held: its request is not sent yet. */
    public static Permit held() {
        var time = new VirtualTime(0);
        var held = new AtomicReference<Permit>();
        TestTasks.<String> task(new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener()), permit -> {
            held.set(permit);
            return Uni.createFrom().nothing();
        }).join(new QueueOptions(Lane.INTERACTIVE, "caller", Duration.ZERO)).subscribe().with(result -> {
        });
        return held.get();
    }
}
