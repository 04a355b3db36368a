/** @odoo-module **/
// An event that waits its turn: says so, and shows what became of it as soon as that is known.

import {Component, onWillDestroy, onWillStart, onWillUpdateProps} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const INTERVAL = 1000;

export class EventWatch extends Component {
    static template = "cartona_integration.EventWatch";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        onWillStart(() => this.watch(this.props.record));
        onWillUpdateProps((next) => this.watch(next.record));
        onWillDestroy(() => clearTimeout(this.timer));
    }

    watch(record) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.look(record), INTERVAL);
    }

    async look(record) {
        const [event] = await this.orm.silent.read("marketplace.inbox", [record.resId], ["state"]);
        if (event && event.state === record.data.state) {
            this.watch(record);
        } else {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("marketplace_event_watch", {component: EventWatch});
