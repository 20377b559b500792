@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.artemis.gates.samples.modules.one;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
