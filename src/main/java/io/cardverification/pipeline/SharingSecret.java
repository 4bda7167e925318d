package io.cardverification.pipeline;

/** The key of all fingerprints: configured, kept in the store, or drawn at the start. */
public record SharingSecret(String text) {

    /** Reveals nothing. */
    @Override
    public String toString() {
        return "SharingSecret";
    }
}
