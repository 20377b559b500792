/**
 * The pages. Views are layout and wiring: they call the modules' façades in process, never REST, and keep no business of
 * their own. A <em>team</em> on a page is a tenant in the code. Parts that several pages share are in {@code parts},
 * everything that turns money, dates and zones into text in {@code format}. Nobody depends on this module.
 */
@ApplicationModule
@NullMarked
package dev.artemis.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
