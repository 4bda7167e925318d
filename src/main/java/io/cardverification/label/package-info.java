/**
 * Labels of enum constants in JSON, problem types, metrics, traces and settings.
 *
 * <p>
 * Decision: one format for all of them, kebab case, so that an operator finds the same word everywhere.
 *
 * <p>
 * Every package may import this package. It imports no other package of the gateway.
 */
@NullMarked
package io.cardverification.label;

import org.jspecify.annotations.NullMarked;
