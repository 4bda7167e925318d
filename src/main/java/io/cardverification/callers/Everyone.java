package io.cardverification.callers;

import jakarta.inject.Singleton;

import io.quarkus.arc.DefaultBean;

/** One caller for all. */
@DefaultBean
@Singleton
final class Everyone implements CurrentCaller {

    @Override
    public String name() {
        return "everyone";
    }
}
