"""Every message between a page and the room, as one tagged union each way.

Commands come in (`do`, imperative), frames go out (`type`); events inside numbered frames look back (`is`).
Times are milliseconds since 1970 (UTC); durations are seconds. The browser's types are generated from these modules,
one for each part of the product; everybody else uses them by this one name.
"""

from causerie.live.protocol.audience import *
from causerie.live.protocol.backstage import *
from causerie.live.protocol.captions import *
from causerie.live.protocol.doors import *
from causerie.live.protocol.floor import *
from causerie.live.protocol.frames import *
from causerie.live.protocol.ground import *
from causerie.live.protocol.microphones import *
from causerie.live.protocol.people import *
from causerie.live.protocol.questions import *
from causerie.live.protocol.recordings import *
from causerie.live.protocol.rooms import *
from causerie.live.protocol.safety import *
from causerie.live.protocol.stage import *
from causerie.live.protocol.unions import *
from causerie.live.protocol.views import *
