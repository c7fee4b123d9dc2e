package io.carillon.presence;

import io.carillon.view.Member;

/**
 * A member as lists and events show it.
 *
 * @param isKnown whether the info is that of the newest connection; else that one is not known here
 *     yet, and an older one or an empty one is shown
 */
record Shown(Member member, boolean isKnown) {}
