package io.cardverification.replicas;

/** Defects of the protocol that a simulation must find. */
enum PlantedFault {
    NONE,
    LEASE_FROM_RECEIPT,
    EMPTY_STORE_BELIEVED,
    NO_GRACE,
    NO_REST_AT_HANDOVER,
    WALL_CLOCK_IGNORED,
    LEASE_IGNORED_AT_DEPARTURE,
    OLD_BEATS_APPLIED,
    SILENCE_NOT_CHECKED,
    DEAD_REPLICAS_KEPT
}
