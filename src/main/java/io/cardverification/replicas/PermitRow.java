package io.cardverification.replicas;

/**
 * One permit in the lease table. An immutable value.
 *
 * @param owner the id of the replica that owns it; {@link #UNOWNED} without one
 * @param restNanos the rest that the next owner waits for, from its receipt of the permit
 * @param grantedSeq the number of the owner's beat that took this permit
 */
public record PermitRow(long owner, long restNanos, long grantedSeq) {

    public static final long UNOWNED = 0;

    static PermitRow pooled(long restNanos) {
        return new PermitRow(UNOWNED, restNanos, 0);
    }

    boolean isUnowned() {
        return owner == UNOWNED;
    }
}
