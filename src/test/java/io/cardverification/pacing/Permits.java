package io.cardverification.pacing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.smallrye.mutiny.Uni;

/** Permits for tests of other rooms. */
public final class Permits {

    private Permits() {
    }

    /** One that is held, and whose request has not left. */
    public static Permit held() {
        var time = new VirtualTime(0);
        var held = new AtomicReference<Permit>();
        new Pacer(Settings.WARM, time, time, new Entries()).<String> turn(permit -> {
            held.set(permit);
            return Uni.createFrom().nothing();
        }).join(new Place(Lane.INTERACTIVE, "caller", Duration.ZERO)).subscribe().with(ride -> {
        });
        return held.get();
    }
}
