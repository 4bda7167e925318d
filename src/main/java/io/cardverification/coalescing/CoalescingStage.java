package io.cardverification.coalescing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.PipelineStage;
import io.smallrye.mutiny.Uni;

/**
 * The last stage: lets equal requests in progress await one call to the upstream.
 *
 * <p>
 * A call that was sent stays in the map until all requests that joined it have completed, so that the stages before this one
 * know its outcome. A request may have passed those stages before and arrive here after the call was removed. The store, which
 * decides each departure, then knows the answer. Without that a repeated idempotency key could be charged twice.
 *
 * <p>
 * Threads: any. Nothing is computed under a lock of the map.
 */
public final class CoalescingStage implements PipelineStage.Next {

    private final RecordedCalls calls;
    private final ConcurrentMap<SharingKey, InFlightCall> inFlight = new ConcurrentHashMap<>();

    public CoalescingStage(RecordedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Completion> handle(CallerRequest request) {
        return Uni.createFrom().emitter(receiver -> await(request, receiver::complete));
    }

    private void await(CallerRequest request, Consumer<Completion> receiver) {
        join(request).await(request, receiver, () -> await(request, receiver));
    }

    /** Each round joins a call or removes a closed one, so few rounds are needed. */
    private InFlightCall join(CallerRequest request) {
        var key = request.sharingKey();
        while (true) {
            var known = inFlight.get(key);
            if (known == null) {
                var opened = new InFlightCall(request, calls, closed -> inFlight.remove(key, closed));
                var earlier = inFlight.putIfAbsent(key, opened);
                known = earlier == null ? opened : earlier;
            }
            if (known.join()) {
                return known;
            }
            inFlight.remove(key, known);
        }
    }

    /** The number of calls in progress. */
    public int inFlight() {
        return inFlight.size();
    }
}
