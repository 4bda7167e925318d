package io.cardverification.callers;

/**
 * What this gateway has issued to a caller for the SDK door.
 *
 * @param caller the name by which it takes turns
 */
public record KeyPair(String caller, String secretId, String secretKey) {

    @Override
    public String toString() {
        return "KeyPair[" + caller + "]";
    }
}
