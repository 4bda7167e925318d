package io.cardverification;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.cardverification.verification.NanoClock;

/** The only source of time, of the day and of durations; tests and virtual time replace it. */
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
