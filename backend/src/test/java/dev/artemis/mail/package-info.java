@NullMarked
package dev.artemis.mail;

import org.jspecify.annotations.NullMarked;
