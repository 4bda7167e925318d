/**
 * Ranges of settings.
 *
 * <p>
 * Decision: a check names the key and the range once, and {@link io.cardverification.config.ConfigRange} makes the message
 * from them. No message contains the wrong value, because it may be a secret in the wrong place.
 *
 * <p>
 * Rejected: constraints on the config mappings, checked by Hibernate Validator. On a JVM it adds 300 ms and a quarter more
 * processor time to each start (measured).
 * Some ranges also depend on other settings.
 *
 * <p>
 * Every package with settings may import this package. It imports no other package of the gateway.
 */
@NullMarked
package io.cardverification.config;

import org.jspecify.annotations.NullMarked;
