package io.cardverification.store;

import java.util.Map;

import io.cardverification.verification.Completion;

/**
 * The end of a call that was committed.
 *
 * @param completion of its last attempt
 * @param charges by caller; the store replaces the charge of the departure by these
 */
public record EndedCall(CallId id, Completion completion, Map<String, Integer> charges) {
}
