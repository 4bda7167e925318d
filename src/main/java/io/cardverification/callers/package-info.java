/**
 * WHO MAY ASK: callers, the keys that were issued to them, and what each may still ask and spend.
 *
 * <p>
 * Decision: a caller is a name and what it may; doors hand it on, and need not know how callers are told apart. At the front
 * door an API key tells ({@code Authorization: Bearer}), by Quarkus Security: a mechanism reads it, a provider says whose it
 * is,
 * and the resource bears {@code @Authenticated}. Not by paths: what a path is, is for the router to say, and policies have read
 * it differently before (CVE-2026-87743). At the SDK door a signature tells, which only the door can check.
 *
 * <p>
 * Decision: of an API key there is only a hash here; a key pair's SecretKey has to be here, since signatures are made with it.
 * Both are this gateway's own: the company's cloud key stays inside, and whoever leaves the company takes nothing with him that
 * opens the cloud.
 *
 * <p>
 * Decision: what a caller has spent is kept in memory. A limit that a restart forgets still stops a program that has gone mad,
 * and costs no store beside the process; finance has the ledger.
 *
 * <p>
 * Decision: the day of that limit is the wall clock's in China, and never an earlier one than before. While a clock is a day
 * ahead, callers spend the next day's limit early, and do not get it twice. If it was further ahead and is corrected, a new
 * day begins 24 hours after the last one did.
 *
 * <p>
 * Rejected: OpenID Connect on board. Its bearer tokens and these keys come in the same header, a token's claims would have to
 * name callers all the same, and a gateway in front that checks tokens can bring a key.
 *
 * <p>
 * May import {@code verification}.
 */
@NullMarked
package io.cardverification.callers;

import org.jspecify.annotations.NullMarked;
