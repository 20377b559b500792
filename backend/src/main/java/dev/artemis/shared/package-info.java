/**
 * Values that cannot be wrong: ids, money, languages, who calls. No Spring, no database, no business of any module.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
@NullMarked
package dev.artemis.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
