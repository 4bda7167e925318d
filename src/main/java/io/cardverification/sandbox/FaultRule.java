package io.cardverification.sandbox;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A rule that selects requests for a fault: {@code never-answer} all, {@code 5% never-answer} one in twenty at random, {@code
 * 3x never-answer} the next three. Threads: the sandbox's event loop.
 */
final class FaultRule {

    private static final Pattern RULE = Pattern.compile("(?:([0-9]{1,3}(?:\\.[0-9]+)?)%|([0-9]{1,9})x)? *([a-z].*)");

    private final String shareText;
    private final Fault fault;
    private final double share;
    private int remaining;

    private FaultRule(String shareText, Fault fault, double share, int remaining) {
        this.shareText = shareText;
        this.fault = fault;
        this.share = share;
        this.remaining = remaining;
    }

    /** @throws IllegalArgumentException if the text is not a rule; the message is the syntax of rules */
    static FaultRule parse(String text) {
        var rule = RULE.matcher(text.strip());
        if (!rule.matches()) {
            throw new IllegalArgumentException("faults: each rule is a fault, optionally after `5%` or `3x`; " + Fault.RULE);
        }
        var percent = rule.group(1) == null ? 100 : Double.parseDouble(rule.group(1));
        if (percent > 100) {
            throw new IllegalArgumentException("faults: a share must be at most 100%");
        }
        var times = rule.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(rule.group(2));
        return new FaultRule(rule.group(1) == null ? "" : rule.group(1) + "% ", fault(rule.group(3)), percent / 100, times);
    }

    private static Fault fault(String text) {
        try {
            return Fault.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("faults: " + e.getMessage());
        }
    }

    /** Decides for one request, and decrements the remaining number if it applies. */
    boolean appliesTo(RandomGenerator random) {
        if (remaining == 0 || random.nextDouble() >= share) {
            return false;
        }
        remaining -= remaining == Integer.MAX_VALUE ? 0 : 1;
        return true;
    }

    Fault fault() {
        return fault;
    }

    /** The rule with its remaining number. */
    @Override
    public String toString() {
        return (remaining == Integer.MAX_VALUE ? shareText : remaining + "x ") + fault;
    }
}
