package io.cardverification.coalescing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;

/**
 * Assigns each charge of a call to one request: the first that receives it. Threads: not synchronised; the lock of
 * {@link InFlightCall} guards it.
 */
final class ChargeOwners {

    /** One attempt with one charge. Requests with different deadlines may receive different attempts. */
    private record Attempt(int number, Charge charge) {
    }

    private final String initiator;
    /** Empty until the first charge, since thousands of calls may wait. */
    private Set<Attempt> delivered = Set.of();
    private Map<String, Integer> charges = Map.of();

    /** @param initiator the caller that opened the call */
    ChargeOwners(String initiator) {
        this.initiator = initiator;
    }

    /** The completion for one request; shared if another request has received its charge. */
    Completion assign(Completion completion, String caller) {
        var metadata = completion.metadata();
        if (completion.charge() != Charge.NOT_SENT && metadata.reusedAfter().isEmpty()) {
            delivered = delivered.isEmpty() ? new HashSet<>() : delivered;
            var isFirst = delivered.add(new Attempt(metadata.attempts(), completion.charge()));
            metadata = isFirst ? metadata : metadata.asShared();
        }
        var assigned = completion.with(caller.equals(initiator) ? metadata : metadata.withInitiator(initiator));
        if (assigned.maxCharges() > 0) {
            charges = charges.isEmpty() ? new HashMap<>() : charges;
            charges.merge(caller, assigned.maxCharges(), Integer::sum);
        }
        return assigned;
    }

    /** The number of charges of each caller so far. */
    Map<String, Integer> charges() {
        return Map.copyOf(charges);
    }
}
