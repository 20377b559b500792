package dev.artemis.e2e.bench;

import dev.artemis.shared.Caller;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An endpoint of the same server, behind the same authentication, that does nothing. */
@RestController
class NothingController {

    @PostMapping("/api/v1/nothing")
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<Map<String, String>> nothing(Caller.ForProject caller) {
        return ResponseEntity.status(201).body(Map.of("tenant", caller.tenant().toString()));
    }
}
