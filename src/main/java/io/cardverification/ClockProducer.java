package io.cardverification;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.cardverification.verification.NanoClock;

/** Produces the only source of time: the wall clock and the monotonic clock. Tests and virtual time replace both. */
final class ClockProducer {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    NanoClock nanoClock() {
        return System::nanoTime;
    }
}
