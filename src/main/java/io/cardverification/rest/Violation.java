package io.cardverification.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One broken rule, in the format of the example in RFC 9457.
 *
 * @param detail the rule
 * @param pointer JSON pointer to the member
 */
@RegisterForReflection // reaches Jackson only inside a problem's untyped members
record Violation(String detail, String pointer) {
}
