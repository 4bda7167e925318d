/**
 * CALLERS: their names, keys and limits.
 *
 * <p>
 * Decision: the APIs pass a caller on as a name with limits, independent of the kind of authentication. The REST API
 * authenticates by an API key ({@code Authorization: Bearer}) with Quarkus Security. A mechanism reads the key, a provider
 * finds the caller, and the resource has {@code @Authenticated}. Rejected: policies by path. Policies and the router have
 * interpreted paths differently before (CVE-2026-87743). The Tencent Cloud API authenticates by a signature, which only its
 * own handler can check.
 *
 * <p>
 * Decision: the gateway stores only the hash of an API key. It stores the SecretKey itself, since it must compute signatures.
 * Both are valid only at this gateway. The company's key for Tencent Cloud stays inside, so a leaving employee has no access
 * to the cloud account.
 *
 * <p>
 * Decision: charges of the day are counted in memory, from those in the store on. So a request over the limit is rejected at
 * its arrival. The store decides again when the call departs, since other replicas may have charged the caller, too.
 *
 * <p>
 * Decision: the daily limit follows the day in China by the wall clock, which never goes backwards. If the clock is a day
 * ahead, callers spend the next day's limit early, but not twice. If a clock that was further ahead is corrected, a new day
 * begins 24 hours after the last one.
 *
 * <p>
 * Rejected: OpenID Connect. Its bearer tokens use the same header as these keys. The claims of a token would still have to
 * name callers. A proxy in front of the gateway can check tokens and add a key.
 *
 * <p>
 * May import {@code verification}, {@code store} and {@code config}.
 */
@NullMarked
package io.cardverification.callers;

import org.jspecify.annotations.NullMarked;
