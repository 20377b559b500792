package dev.artemis.access;

import dev.artemis.mail.Readers;
import dev.artemis.mail.Tongue;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.UserId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** In which language people read their letters: the one that they chose for the pages, or came in with at first. */
@Service
public class PeoplesTongues implements Readers {

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    PeoplesTongues(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public Optional<Tongue> tongueOf(String address) {
        return transactions.acrossTenants(() -> jdbc.sql("select door.language_of(:address) as language")
                .param("address", address.strip())
                .query((row, number) -> Optional.ofNullable(row.getString("language")))
                .single()
                .flatMap(Tongue::ofCode));
    }

    /** A person chose a language. */
    public void chosen(UserId person, Tongue tongue) {
        transactions.acrossTenants(() -> jdbc.sql("select 1 from door.speak(:whose, :language)")
                .param("whose", person.value())
                .param("language", tongue.code())
                .query(Integer.class)
                .single());
    }

    /** A person came in, reading that language: kept where they never chose one. */
    public void cameInWith(SignedIn person, Tongue tongue) {
        if (tongueOf(person.email()).isEmpty()) {
            chosen(person.user(), tongue);
        }
    }
}
