package io.cardverification.store.sql;

import java.util.Optional;

import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.smallrye.mutiny.Uni;

/** Results that answer the same question again. */
final class AnswerTable {

    private AnswerTable() {
    }

    static Uni<Optional<Completion>> find(Sql sql, SharingKey question, long nowMillis) {
        return sql.run("""
                select completion, completed_at from answer
                where scope = $1 and question = $2 and expires_at > $3""",
                question.scope(), Bytes.of(question.fingerprint()), nowMillis)
                .map(rows -> rows.stream().findFirst()
                        .map(row -> new DatedCompletion(CompletionText.decode(row.text(0)), row.number(1)).replay(nowMillis)));
    }

    static Uni<Void> put(Sql sql, SharingKey question, DatedCompletion answer, long expiresMillis) {
        return sql.run("""
                insert into answer (scope, question, completion, completed_at, expires_at) values ($1, $2, $3, $4, $5)
                on conflict (scope, question) do update set completion = excluded.completion,
                completed_at = excluded.completed_at, expires_at = excluded.expires_at""",
                question.scope(), Bytes.of(question.fingerprint()), CompletionText.encode(answer.completion()),
                answer.atMillis(), expiresMillis).replaceWithVoid();
    }

    /** @return the number of removed answers */
    static Uni<Integer> expire(Sql sql, long nowMillis, int most) {
        return sql.run("""
                delete from answer where (scope, question) in
                (select scope, question from answer where expires_at <= $1 limit $2) returning scope""",
                nowMillis, (long) most).map(rows -> rows.size());
    }
}
