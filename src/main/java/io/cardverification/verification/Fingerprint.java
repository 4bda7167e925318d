package io.cardverification.verification;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A keyed hash that identifies values without revealing them. Equal hashes mean equal values. */
public record Fingerprint(ByteBuffer hash) {

    /** Half of the hash is unique enough, and short enough for a log line. */
    private static final int SHOWN_BYTES = 16;

    public String toHex() {
        var bytes = new byte[SHOWN_BYTES];
        hash.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
