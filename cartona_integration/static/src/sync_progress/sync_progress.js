/** @odoo-module **/
// Shows on a connection's form how far its products are in step, and asks again while they move.

import {_t} from "@web/core/l10n/translation";
import {
    Component,
    onWillDestroy,
    onWillStart,
    onWillUpdateProps,
    status,
    useState,
} from "@odoo/owl";
import {formatInteger} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const INTERVAL = 2000;

export class SyncProgress extends Component {
    static template = "cartona_integration.SyncProgress";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.progress = useState({total: 0, confirmed: 0, troubled: 0, waiting: 0, state: "done"});
        onWillStart(() => this.look(this.props.record.resId));
        onWillUpdateProps((next) => this.look(next.record.resId));
        onWillDestroy(() => clearTimeout(this.timer));
    }

    async look(configId) {
        clearTimeout(this.timer);
        if (!configId) {
            return;
        }
        const progress = await this.ask(configId);
        Object.assign(this.progress, progress);
        const isRunning = progress.state === "running";
        this.began = isRunning ? this.began || {waiting: progress.waiting, at: Date.now()} : null;
        // What was under way when somebody paused still arrives.
        if (isRunning || progress.is_calling) {
            this.lookLater(configId);
        }
    }

    async ask(configId) {
        try {
            return await this.orm.silent.call("marketplace.config", "get_sync_progress", [
                configId,
            ]);
        } catch (error) {
            // Odoo says what is wrong; the bar goes on once the server answers again.
            if (status(this) === "mounted") {
                this.lookLater(configId);
            }
            throw error;
        }
    }

    lookLater(configId) {
        this.timer = setTimeout(() => this.look(configId), INTERVAL);
    }

    async openTroubled() {
        const configId = this.props.record.resId;
        this.action.doAction(
            await this.orm.call("marketplace.config", "action_open_troubled", [configId])
        );
    }

    percent(number) {
        return this.progress.total ? (100 * number) / this.progress.total : 0;
    }

    get summary() {
        const {confirmed, total} = this.progress;
        return _t("%s of %s products in step", formatInteger(confirmed), formatInteger(total));
    }

    get rest() {
        const {state, waiting} = this.progress;
        if (state === "stopped") {
            return _t("Stopped: %s wait until you go live", formatInteger(waiting));
        }
        const done = this.began ? this.began.waiting - waiting : 0;
        if (state !== "running" || done <= 0) {
            return "";
        }
        const seconds = ((Date.now() - this.began.at) / 1000 / done) * waiting;
        return seconds < 60
            ? _t("less than a minute left")
            : _t("about %s minutes left", formatInteger(Math.ceil(seconds / 60)));
    }

    get troubled() {
        return _t("%s need your attention", formatInteger(this.progress.troubled));
    }
}

registry.category("view_widgets").add("marketplace_sync_progress", {component: SyncProgress});
