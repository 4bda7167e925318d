package io.cardverification.coalescing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

/**
 * One call to the upstream and the requests that await it.
 *
 * <p>
 * A request whose caller disconnects stays until the call ends, since the charge may fall to it. If all callers disconnect
 * before the request is sent, nothing is sent.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions. The pacer's lock may be taken within it, never the reverse. No
 * completion is delivered within it.
 */
final class InFlightCall {

    /** One attempt with one charge. Requests with different deadlines may receive different attempts. */
    private record Attempt(int number, Charge charge) {
    }

    private record Participant(String caller, Consumer<Completion> receiver) {
    }

    private final String initiator;
    private final VerificationCall call;
    private final Consumer<InFlightCall> onClosed;
    /** These collections are rarely needed, and thousands of calls may wait. */
    private Set<Attempt> delivered = Set.of();
    private List<Participant> disconnected = List.of();
    /** Joined and not completed, the disconnected ones included. */
    private int openRequests;
    private @Nullable Completion completion;
    /** Whether it accepts no further request. */
    private boolean closed;

    InFlightCall(CallerRequest first, VerificationCallFactory calls, Consumer<InFlightCall> onClosed) {
        this.initiator = first.caller();
        this.onClosed = onClosed;
        this.call = calls.open(first, this::onCallEnded);
    }

    /** @return false if the call is closed; then the request needs another call */
    synchronized boolean join() {
        openRequests += closed ? 0 : 1;
        return !closed;
    }

    /**
     * After {@link #join}.
     *
     * @param receiver gets one completion; it returns when the request is recorded
     */
    void await(CallerRequest request, Consumer<Completion> receiver) {
        var participant = new Participant(request.caller(), receiver);
        var done = new AtomicBoolean(); // a completion may race with a disconnect
        Consumer<Completion> onCompletion = completion -> {
            if (!done.getAndSet(true)) {
                complete(participant, completion);
            }
        };
        var waiting = call.join(request.options()).subscribe().with(onCompletion,
                unexpected -> onCompletion.accept(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT)));
        request.connection().onDisconnect(() -> {
            if (!done.getAndSet(true)) {
                waiting.cancel();
                disconnect(participant);
            }
        });
    }

    private void complete(Participant participant, Completion completion) {
        participant.receiver().accept(withChargeOwner(completion, participant.caller()));
        leave();
    }

    /** After {@link #join}: the request has completed. */
    void leave() {
        synchronized (this) {
            openRequests--;
        }
        completeDisconnected();
    }

    /** Of all requests that receive one charge, one bears it, and the others share it. */
    private synchronized Completion withChargeOwner(Completion completion, String caller) {
        var metadata = completion.metadata();
        if (completion.charge() != Charge.NOT_SENT && metadata.reusedAfter().isEmpty()) {
            delivered = delivered.isEmpty() ? new HashSet<>() : delivered;
            var isFirst = delivered.add(new Attempt(metadata.attempts(), completion.charge()));
            metadata = isFirst ? metadata : metadata.asShared();
        }
        return completion.with(caller.equals(initiator) ? metadata : metadata.withInitiator(initiator));
    }

    private void disconnect(Participant participant) {
        synchronized (this) {
            disconnected = disconnected.isEmpty() ? new ArrayList<>() : disconnected;
            disconnected.add(participant);
        }
        completeDisconnected();
    }

    private void onCallEnded(Completion completion) {
        synchronized (this) {
            this.completion = completion;
        }
        completeDisconnected();
    }

    /** Completes the disconnected requests if the call has ended or is abandoned, and closes it if no request is left. */
    private void completeDisconnected() {
        List<Participant> due = List.of();
        Completion ended;
        boolean isClosed;
        synchronized (this) {
            // No waiter remains, so a call that is not committed now will never be sent.
            if (completion == null && openRequests == disconnected.size() && !call.isCommitted()) {
                completion = VerificationFailure.of(Reason.CALLER_DISCONNECTED);
                closed = true;
            }
            ended = completion;
            if (ended != null) {
                due = disconnected;
                disconnected = List.of();
            }
            closed = closed || (ended != null && openRequests == 0);
            isClosed = closed;
        }
        if (isClosed) {
            onClosed.accept(this);
        }
        if (ended != null) {
            for (var participant : due) {
                complete(participant, ended);
            }
        }
    }
}
